internal import Glibc
internal import Logging
internal import Roost
internal import RoostGateway
internal import RoostPool

/// The app as a worker of the pool: one request off a connection, through the app, back, and into the log.
///
/// Here the pool, which knows no HTTP, and the framework, which knows no processes, meet.
final class AppProgram: WorkerProgram {
    private let app: App
    private let limits: GatewayLimits
    private let waits: Waits
    private let logs: AppLogs
    private var gateway: FastCGIGateway?
    private var context: WorkerContext?
    private var exchange: Exchange?

    /// How long the gateway may wait for its peer.
    struct Waits {
        var header: Duration
        var body: Duration
        var answer: Duration
    }

    init(app: App, limits: GatewayLimits, waits: Waits, logs: AppLogs) {
        self.app = app
        self.limits = limits
        self.waits = waits
        self.logs = logs
    }

    func boot(_ context: WorkerContext) throws {
        self.context = context
        gateway = FastCGIGateway(limits: limits, delegate: self)
        app.phaseObserver = { [unowned self] phase, request in observe(phase, request) }
        app.workerSlot = context.slotIndex
        try app.startWorker()
    }

    func serve(_ descriptor: Int32, _ context: WorkerContext) -> ConnectionState {
        guard let gateway else { return .closed }
        return gateway.serve(descriptor) ? .keep : .closed
    }

    func reopenLogs() { logs.reopen() }

    func stop() { app.stopWorker() }

    private func observe(_ phase: RequestPhase, _ request: Request) {
        guard let slot = context?.slot else { return }
        switch phase {
        case .view: slot.setPhase(.view)
        case .sql: slot.setPhase(.sql)
        case .rendering: slot.setPhase(.rendering)
        case .reading, .writing: break
        }
    }
}

extension AppProgram: GatewayDelegate {
    func gatewayWillWait(for step: GatewayStep) {
        guard let context else { return }
        switch step {
        case .header: context.setDeadline(after: waits.header)
        case .body: context.setDeadline(after: waits.body)
        case .view: context.setDeadline(after: nil)
        case .answer:
            context.setDeadline(after: waits.answer)
            context.slot.setPhase(.writing)
        }
    }

    func gateway(respondTo request: HTTPRequest) -> Response {
        let exchange = app.respond(to: request)
        self.exchange = exchange
        return exchange.response
    }

    func gatewayDidAnswer(_ response: Response, bytes: Int, aborted: Bool) {
        exchange?.finish(bytesWritten: bytes, aborted: aborted)
        exchange = nil
    }

    func gatewayDidRefuse(_ reason: String) {
        app.logger.notice("request refused", metadata: ["reason": "\(reason)"])
    }
}
