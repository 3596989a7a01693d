public import RoostHTTP

/// How much a request may send and how long it may take to send it.
public struct GatewayLimits: Sendable {
    /// Most bytes of names and values of the request's variables (headers among them); above: 431.
    public var params = 64 << 10
    /// Most bytes of a request body; above: 413.
    public var body = 16 << 20
    /// Bodies larger than this go to a temporary file instead of memory.
    public var spoolAbove = 1 << 20
    /// Folder of the temporary files.
    public var spoolFolder = "/tmp"
    /// Most bytes of a refused body that are read and thrown away, so that the web server reads the answer instead of
    /// meeting a closed connection; above, the connection is closed.
    public var discard = 64 << 20

    public init() {}
}

/// What the worker does around one request; the gateway only moves bytes.
public protocol GatewayDelegate: AnyObject {
    /// The gateway is about to wait: for the peer's request, for more of its body, for the view, or for the peer to
    /// take some of the answer. Called again whenever there was progress.
    func gatewayWillWait(for step: GatewayStep)
    /// Runs the request. Never throws: an error became a response before it came here.
    func gateway(respondTo request: HTTPRequest) -> Response
    /// The answer is on its way (or was lost): write the log line, clear the slot.
    /// - Parameters:
    ///   - bytes: bytes of the body that were sent.
    ///   - aborted: whether the peer left before it had everything.
    func gatewayDidAnswer(_ response: Response, bytes: Int64, aborted: Bool)
    /// A request that never reached the app: refused or broken on the way in.
    func gatewayDidRefuse(_ reason: String)
}

public enum GatewayStep: Sendable {
    case header, body, view, answer
}
