internal import RoostSigning

/// How the blog stores passwords.
enum PasswordPolicy {
    /// Werkzeug's PBKDF2 form: its scrypt form is longer than the 128 characters of the book's column.
    static let method = PasswordMethod.pbkdf2(.sha256, iterations: 1_000_000)
}
