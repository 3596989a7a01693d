internal import RoostForms

/// What people tell about themselves.
final class EditProfileForm: Form, ModelForm {
    let name = StringField("Real name", validators: [.length(0...64), .storable])
    let location = StringField("Location", validators: [.length(0...64), .storable])
    let aboutMe = TextAreaField("About me", validators: [.storable])
    let submit = SubmitField("Submit")

    func bind(_ user: inout ModelBinding<User>) {
        user.bind(name, \.name)
        user.bind(location, \.location)
        user.bind(aboutMe, \.aboutMe)
    }
}
