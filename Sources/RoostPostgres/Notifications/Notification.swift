/// A message that another session sent with NOTIFY.
public struct Notification: Sendable, Hashable {
    public let channel: String
    /// What the sender added; empty when nothing.
    public let payload: String
    /// The server process of the sender.
    public let processID: Int
}
