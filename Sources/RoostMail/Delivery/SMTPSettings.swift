/// How the mail server is reached.
public struct SMTPSettings: Sendable {
    /// What protects the connection.
    public enum Security: Sendable, Hashable {
        case none
        /// TLS from the first byte, usually on port 465.
        case tls
        /// TLS that begins with `STARTTLS`, usually on port 587. A server without it is refused.
        case startTLS
    }

    public var server: String
    public var port: Int
    public var security = Security.none
    /// Nil sends without logging in.
    public var username: String?
    public var password: String?
    /// For connecting, and for the greeting.
    public var connectTimeout: Duration = .seconds(5)
    /// For one whole message.
    public var timeout: Duration = .seconds(30)
    /// A file of certificates to trust instead of the system's.
    public var certificates: String?

    public init(server: String, port: Int, security: Security = .none) {
        self.server = server
        self.port = port
        self.security = security
    }
}
