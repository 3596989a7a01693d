internal import CFCGI
internal import Glibc
internal import RoostHTTP

/// The FastCGI front door of a worker: one request off a connection through libfcgi, one answer back.
///
/// libfcgi never accepts here: the worker hands over a descriptor that has something to say. Not re-entrant, one per
/// process.
public final class FastCGIGateway {
    private var request = FCGX_Request()
    private let limits: GatewayLimits
    private unowned let delegate: any GatewayDelegate
    private var head: [UInt8] = []
    /// FCGI_RESPONDER of the FastCGI specification, which libfcgi's public header leaves out.
    private static let responder: Int32 = 1

    /// - Parameters:
    ///   - limits: sizes above which a request is refused.
    ///   - delegate: runs the requests; must outlive the gateway.
    public init(limits: GatewayLimits, delegate: any GatewayDelegate) {
        self.limits = limits
        self.delegate = delegate
        FCGX_Init()
        // Without a listening socket libfcgi cannot accept by itself after a failed read, which would block the worker.
        FCGX_InitRequest(&request, -1, 0)
        head.reserveCapacity(4096)
    }

    /// Serves exactly one request.
    /// - Parameter descriptor: a connection with bytes to read; the gateway closes it unless it returns `true`.
    /// - Returns: whether the connection stays open for another request.
    public func serve(_ descriptor: Int32) -> Bool {
        delegate.gatewayWillWait(for: .header)
        request.ipcFd = descriptor
        // FCGX_Accept_r first finishes the previous request, and would close the new descriptor without this.
        request.keepConnection = 1
        guard FCGX_Accept_r(&request) == 0 else {
            request.ipcFd = -1
            return false
        }
        answer()
        return finish()
    }

    /// Closes the connection unless the web server wants to use it again.
    ///
    /// The answer has been sent past libfcgi, its end too. libfcgi's own close waits for the peer's in three more system
    /// calls; the request has been read to its end, so a plain close loses nothing.
    private func finish() -> Bool {
        let keeps = request.keepConnection != 0
        request.keepConnection = 1
        FCGX_Free(&request, 0)
        let descriptor = request.ipcFd
        request.ipcFd = -1
        guard descriptor >= 0 else { return false }
        if !keeps { close(descriptor) }
        return keeps
    }

    private func answer() {
        guard request.role == Self.responder else { return refuse(.internalServerError, "only the responder role is served") }
        guard let variables = ServerVariables(list: request.envp, limit: limits.params) else {
            return refuse(431, "the request's headers are larger than \(limits.params) bytes (http.max_params)")
        }
        do {
            let reader = BodyReader(stream: request.in, limits: limits) { self.delegate.gatewayWillWait(for: .body) }
            let body = try reader.read(variables)
            defer { body.removeFile() }
            run(HTTPRequest(variables: variables, body: body))
        } catch let refusal as BodyReader.Refusal {
            refuse(refusal.status, refusal.reason)
        } catch {
            refuse(.internalServerError, "\(error)")
        }
    }

    private func run(_ httpRequest: HTTPRequest) {
        delegate.gatewayWillWait(for: .view)
        let response = delegate.gateway(respondTo: httpRequest)
        discardRest()
        let (bytes, aborted) = send(response)
        delegate.gatewayDidAnswer(response, bytes: Int64(bytes), aborted: aborted)
    }

    /// Answers a request that never reaches the app, in plain text.
    private func refuse(_ status: Status, _ reason: String) {
        delegate.gatewayDidRefuse(reason)
        discardRest()
        _ = send(Response.text(reason + "\n", status: status))
    }

    /// - Returns: how many bytes of the body were sent, and whether the peer left before it had everything.
    private func send(_ response: Response) -> (bodyBytes: Int, aborted: Bool) {
        var writer = ResponseWriter(request: request, head: head) { self.delegate.gatewayWillWait(for: $0) }
        writer.write(response)
        head = writer.head
        if writer.aborted { request.keepConnection = 0 }
        return (writer.bodyBytes, writer.aborted)
    }

    /// Reads the body's rest to its end, so that the next request on the connection starts at its own first record.
    private func discardRest() {
        delegate.gatewayWillWait(for: .body)
        guard FCGX_GetChar(request.in) != EOF else { return }
        if !BodyReader.discard(request.in, upTo: limits.discard) { request.keepConnection = 0 }
    }
}
