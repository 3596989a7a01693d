/// Why a mail cannot be made, sent or kept.
public struct MailError: Error, CustomStringConvertible {
    public enum Code: Sendable, Hashable {
        /// The message itself cannot be sent: a line break in a header, no receiver, no address.
        case invalidMessage
        /// The server said to try again, or something here was missing: sending later may succeed.
        case temporary
        /// The server could not be reached, went away or serves nobody now: other messages would fare no better.
        case unreachable
        /// The server refused the message, or the name and password.
        case refused
        /// The spool folder could not be written or read, or is full.
        case spool
    }

    public let code: Code
    public let description: String

    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
