internal import RoostForms

extension Validator {
    /// The database can keep the text: PostgreSQL's text holds every character but NUL.
    static var storable: Validator {
        .check { _, field in
            guard case .text(let text) = field.data, text.utf8.contains(0) else { return }
            throw ValidationError("The text has a character that cannot be stored (NUL).")
        }
    }
}
