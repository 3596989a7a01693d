internal import Glibc
internal import Logging
internal import Roost
internal import RoostDatabase
internal import RoostGateway
internal import RoostHTTP
internal import RoostPool
internal import RoostPostgres
internal import RoostProfiler

/// The app as a worker of the pool: one request off a connection, through the app, back, and into the log.
///
/// Here the pool, which knows no HTTP, and the framework, which knows no processes, meet.
final class AppProgram: WorkerProgram {
    private let app: App
    private let limits: GatewayLimits
    private let logs: AppLogs
    private var gateway: FastCGIGateway?
    private var context: WorkerContext?
    private var exchange: Exchange?
    private var connection: Connection?
    private var profiler: Profiler?

    init(app: App, limits: GatewayLimits, logs: AppLogs) {
        self.app = app
        self.limits = limits
        self.logs = logs
    }

    func boot(_ context: WorkerContext) throws {
        self.context = context
        connection = app.database?.connection
        gateway = FastCGIGateway(limits: limits, delegate: self)
        profiler = app.profiler
        profiler?.writesWhenAsked = true
        app.phaseObserver = { [unowned self] phase, request in observe(phase, request) }
        app.database?.statementObserver = { [unowned context] in context.describeSQL($0) }
        app.database?.recorder.generation = context.generation
        try app.startWorker(slot: context.slotIndex, pid: context.pid)
    }

    func serve(_ descriptor: Int32, _ context: WorkerContext) -> ConnectionState {
        guard let gateway else { return .closed }
        let keeps = gateway.serve(descriptor)
        // The web server has the whole answer now.
        profiler?.writePending()
        return keeps ? .keep : .closed
    }

    func reopenLogs() { logs.reopen() }

    func stop() { profiler?.flush(app) }

    private func observe(_ phase: RequestPhase, _ request: Request) {
        guard let context else { return }
        switch phase {
        case .view: beganView(request, context)
        case .sql: beganStatement(context)
        case .rendering: context.setPhase(.rendering)
        case .reading, .writing: break
        }
    }

    /// The slot learns the request's words once; coming back from SQL or a template changes the phase alone.
    private func beganView(_ request: Request, _ context: WorkerContext) {
        guard exchangeIsNew else { return context.setPhase(.view) }
        exchangeIsNew = false
        var (method, endpoint) = (request.method.rawValue, request.endpoint ?? "")
        let empty = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        method.withUTF8 { method in
            endpoint.withUTF8 { endpoint in
                request.http.withPath { path in
                    let describe = { (id: UnsafeBufferPointer<UInt8>) in
                        context.describeRequest(method: method, path: path, endpoint: endpoint, requestID: id)
                    }
                    if request.http.variables.withBytes(of: "REQUEST_ID", describe) == nil { describe(empty) }
                }
            }
        }
    }

    /// The master cancels what PostgreSQL is doing before it kills: the handler of its signal calls `cancel`, which
    /// allocates nothing.
    private func beganStatement(_ context: WorkerContext) {
        context.setPhase(.sql)
        guard let connection else { return }
        context.onCancel(
            { pointer in
                guard let pointer else { return }
                _ = Unmanaged<Connection>.fromOpaque(pointer).takeUnretainedValue().cancel()
            }, Unmanaged.passUnretained(connection).toOpaque())
    }

    private var exchangeIsNew = false
}

extension AppProgram: GatewayDelegate {
    func gatewayWillWait(for step: GatewayStep) {
        switch step {
        case .header: break
        case .view: context?.setPhase(.view)
        case .body: context?.setPhase(.reading)
        case .answer: context?.setPhase(.writing)
        }
    }

    func gateway(respondTo request: HTTPRequest) -> Response {
        exchangeIsNew = true
        let exchange = app.respond(to: request)
        self.exchange = exchange
        return exchange.response
    }

    func gatewayDidAnswer(_ response: Response, bytes: Int64, aborted: Bool) {
        exchange?.finish(bytesWritten: bytes, aborted: aborted)
        exchange = nil
    }

    func gatewayDidRefuse(_ reason: String) {
        app.logger.notice("request refused", metadata: ["reason": "\(reason)"])
    }
}
