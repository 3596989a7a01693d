/// Something that happens and that others may want to know of, without the one who does it knowing them.
///
/// ```swift
/// let registered = Signal<User>("user-registered")
/// registered.connect { user in try welcome(user) }
/// try registered.send(user, from: app)
/// ```
///
/// An app's signals of its own live in `app.signals`: see `SignalKey`.
public final class Signal<Payload> {
    public let name: String
    private var receivers: [(connection: SignalConnection, sender: ObjectIdentifier?, body: (Payload) throws -> Void)] =
        []

    public init(_ name: String) { self.name = name }

    /// Whether nobody listens: then nothing needs to be made ready for them.
    public var isEmpty: Bool { receivers.isEmpty }

    /// Calls `receiver` each time the signal is sent.
    /// - Parameters:
    ///   - sender: only when this object sends it; nil for any sender
    ///   - receiver: what it throws reaches whoever sends the signal
    /// - Returns: what ends the connection; it may be dropped, the connection stays then
    @discardableResult
    public func connect(
        from sender: AnyObject? = nil, _ receiver: @escaping (Payload) throws -> Void
    ) -> SignalConnection {
        let connection = SignalConnection()
        receivers.append((connection, sender.map(ObjectIdentifier.init), receiver))
        return connection
    }

    /// Tells every receiver, in the order they connected. Throws what the first failing one throws.
    public func send(_ payload: @autoclosure () -> Payload, from sender: AnyObject? = nil) throws {
        guard !receivers.isEmpty else { return }
        receivers.removeAll { !$0.connection.isConnected }
        let sender = sender.map(ObjectIdentifier.init)
        let payload = payload()
        for receiver in receivers where receiver.sender == nil || receiver.sender == sender {
            if receiver.connection.isConnected { try receiver.body(payload) }
        }
    }
}

/// One receiver's tie to a signal.
public final class SignalConnection {
    public private(set) var isConnected = true

    /// Ends it: the receiver is not called again.
    public func disconnect() { isConnected = false }
}

/// Names a signal of the app's own. An empty enum serves:
///
/// ```swift
/// enum UserRegistered: SignalKey { typealias Payload = User }
/// app.signals[UserRegistered.self].connect { user in … }
/// try app.signals[UserRegistered.self].send(user, from: app)
/// ```
public protocol SignalKey {
    associatedtype Payload
}
