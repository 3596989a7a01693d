internal import RoostForms

/// The form of a post, new or edited.
final class PostForm: Form {
    let body = PageDownField("What's on your mind?", name: "body", validators: [.dataRequired(), .storable])
    let submit = SubmitField("Submit")
}
