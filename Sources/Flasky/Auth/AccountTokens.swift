internal import Roost
internal import RoostPostgres
internal import RoostSigning

/// The tokens of mails and of the API: JSON Web Signatures as the book's application makes them.
///
/// The key in the payload says what a token is for. One that lacks the key, or has another kind of value there, is good
/// for nothing.
struct AccountTokens {
    /// How long a token is good for.
    static let life = Duration.seconds(3600)

    /// The keys of payloads.
    private enum Key {
        static let confirm = "confirm"
        static let reset = "reset"
        /// Beyond the book: binds a token to the password that it replaces, so that it works once.
        static let password = "password"
        static let changeEmail = "change_email"
        static let newEmail = "new_email"
        /// Beyond the book: binds a token to the address that it replaces, so that it dies with any change of that.
        static let oldEmail = "old_email"
        static let api = "id"
    }

    private let signature: TimedJSONWebSignature
    private let now: () -> Int64

    /// - Throws: `NoSecretKey`
    init(_ app: App) throws {
        signature = TimedJSONWebSignature(key: try app.secretKey(), fallbacks: app.secrets.fallbacks)
        now = app.unixTime
    }

    // MARK: Confirming an account

    func confirmation(of user: User) throws -> String { try make([Key.confirm: .integer(user.id)]) }

    /// Whether a token confirms this user.
    func confirms(_ token: String, _ user: User) -> Bool { payload(of: token)?[Key.confirm]?.int == user.id }

    // MARK: Resetting a password

    func reset(of user: User) throws -> String {
        try make([Key.reset: .integer(user.id), Key.password: .text(user.passwordDigest(for: "reset"))])
    }

    /// The user whose password a token may replace: nil also when the password was changed since the token was made.
    func resetUser(of token: String, in database: Connection) throws -> User? {
        guard let payload = payload(of: token), let id = payload[Key.reset]?.int,
            let digest = payload[Key.password]?.string, let user = try User.find(id, in: database),
            ConstantTime.equal(digest, user.passwordDigest(for: "reset"))
        else { return nil }
        return user
    }

    // MARK: Changing an e-mail address

    /// - Parameter email: in the form of `AccountRules.normalized`
    func emailChange(of user: User, to email: String) throws -> String {
        try make([
            Key.changeEmail: .integer(user.id), Key.newEmail: .text(email),
            Key.oldEmail: .text(Self.emailDigest(of: user)),
        ])
    }

    /// The address that a token gives to this user: nil also when the address was changed since the token was made.
    func newEmail(of token: String, for user: User) -> String? {
        guard let payload = payload(of: token), payload[Key.changeEmail]?.int == user.id,
            let digest = payload[Key.oldEmail]?.string, ConstantTime.equal(digest, Self.emailDigest(of: user))
        else { return nil }
        return payload[Key.newEmail]?.string
    }

    /// Stands for a user's present address: what a mail to a mistyped address tells a stranger is not the right one.
    private static func emailDigest(of user: User) -> String {
        String(SigningDigest.sha256.hexText(of: "change_email of \(user.id): \(user.email)").prefix(32))
    }

    // MARK: The API

    func api(for user: User) throws -> String { try make([Key.api: .integer(user.id)]) }

    /// The user who may use the API with a token.
    func apiUser(of token: String, in database: Connection) throws -> User? {
        try payload(of: token)?[Key.api]?.int.flatMap { try User.find($0, in: database) }
    }

    // MARK: Tokens

    private func make(_ payload: SessionValue) throws -> String {
        try signature.make(payload, validFor: Self.life, now: now())
    }

    /// What a token says; nil when it is forged, too old, or no token at all.
    private func payload(of token: String) -> SessionValue? { try? signature.read(token, now: now()) }
}
