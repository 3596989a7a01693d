internal import RoostForms
internal import RoostPostgres

/// What may be a username and an e-mail address, wherever somebody gives one: registration, profiles, the command line.
enum AccountRules {
    // MARK: E-mail addresses

    /// The checks of an e-mail field. Whether the address is free is asked by `checkEmailIsFree`.
    static var email: [Validator] {
        [
            .dataRequired(), .length(1...64),
            .check { _, field in
                if !isEmail(field.data.text ?? "") { throw ValidationError(field.translate("Invalid email address.")) }
            },
        ]
    }

    /// The form in which addresses are stored and compared.
    static func normalized(email: String) -> String { email.lowercased() }

    /// Whether a text is an address that the blog accepts: the book's rule, WTForms 2's, which looks at the host alone,
    /// and nothing before the `@` that could break out of a mail's header.
    static func isEmail(_ text: String) -> Bool {
        guard EmailAddress.isValid(text, .host), let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else {
            return false
        }
        // WTForms 2 allows no underscore in a host; WTForms 3, whose rule the framework has, does.
        guard !text.utf8[at...].contains(UInt8(ascii: "_")) else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.generalCategory != .format && !headerCharacters.contains(scalar)
        }
    }

    private static let headerCharacters: Set<Unicode.Scalar> = [
        "<", ">", "(", ")", "[", "]", ",", ";", ":", "\\", "\"",
    ]

    /// Refuses an address that somebody has, in whatever letter case it was stored.
    /// - Parameter owner: whose own address does not count; nil: everybody's does
    /// - Throws: `ValidationError`, to be shown with the field
    static func checkEmailIsFree(_ email: String, except owner: User? = nil, in database: Connection) throws {
        guard let holder = try User.find(email: email, in: database), holder.id != owner?.id else { return }
        throw ValidationError(emailIsTaken)
    }

    // MARK: Usernames

    /// The checks of a username field. Whether the name is free is asked by `checkUsernameIsFree`.
    static var username: [Validator] {
        [
            .dataRequired(), .length(1...64),
            .check { _, field in
                if !isUsername(field.data.text ?? "") { throw ValidationError(usernameIsOdd) }
            },
        ]
    }

    /// Whether a whole text is an ASCII letter and then letters, digits, dots and underscores.
    static func isUsername(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) else { return false }
        return text.utf8.allSatisfy {
            isLetter($0) || $0 &- 48 < 10 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    /// Refuses a name that somebody has, and one that differs from it in the case of letters alone.
    /// - Parameter owner: whose own name does not count; nil: everybody's does
    /// - Throws: `ValidationError`, to be shown with the field
    static func checkUsernameIsFree(_ username: String, except owner: User? = nil, in database: Connection) throws {
        // PostgreSQL's text holds no NUL; a name with one is nobody's.
        guard !username.utf8.contains(0) else { return }
        let name = username.lowercased()
        let holders = User.query.where { $0.username.lowercased == name && $0.id != owner?.id ?? 0 }
        if try holders.exists(in: database) { throw ValidationError(usernameIsTaken) }
    }

    // MARK: Passwords

    /// The checks of a new password beside those of its form; none when a single character will do.
    static func password(atLeast length: Int) -> [Validator] { length > 1 ? [.length(length...)] : [] }

    // MARK: Messages

    static let emailIsTaken = "Email already registered."
    static let usernameIsTaken = "Username already in use."
    private static let usernameIsOdd = "Usernames must have only letters, numbers, dots or underscores"
}
