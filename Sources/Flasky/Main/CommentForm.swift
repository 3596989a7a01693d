internal import RoostForms

/// The form of a comment.
final class CommentForm: Form {
    let body = StringField("Enter your comment", validators: [.dataRequired(), .storable])
    let submit = SubmitField("Submit")
}
