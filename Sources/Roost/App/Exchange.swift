/// A request and its response, until the gateway has written it.
public final class Exchange {
    public let request: Request
    public let response: Response
    /// What the gateway reported: bytes of the body written, and whether the client went away.
    public private(set) var bytesWritten: Int64 = 0
    public private(set) var aborted = false
    /// From receiving the request to the end of writing.
    public private(set) var nanoseconds: Int64 = 0
    private var isFinished = false

    init(request: Request, response: Response) {
        self.request = request
        self.response = response
    }

    /// Ends the request: teardown hooks, access log line, `afterResponse` closures. A second call does nothing.
    public func finish(bytesWritten: Int64, aborted: Bool = false) {
        guard !isFinished else { return }
        isFinished = true
        self.bytesWritten = bytesWritten
        self.aborted = aborted
        nanoseconds = Clock.monotonic() - request.trace.start
        let app = request.app
        app.requestObserver?.ended(self)
        app.tearDown(request)
        if let log = app.accessLog { AccessLog.write(self, to: log) }
        for body in app.afterResponses { body(self) }
        if app.currentRequest === request { app.currentRequest = nil }
    }
}
