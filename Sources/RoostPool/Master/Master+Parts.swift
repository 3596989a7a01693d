import CRoost
import Glibc

/// Opening and closing what the pool is made of.
extension Master {
    func openParts() throws -> Parts {
        let identity = try Identity.resolve(settings)
        warnOfTruncatedBacklog()
        var listeners: [Listener] = []
        do {
            for address in settings.listen { listeners.append(try Listener.open(address, settings, report)) }
            SocketActivation.forget()
            return try assemble(listeners, identity)
        } catch {
            for listener in listeners { listener.unlinkOwnPath() }
            throw error
        }
    }

    private func assemble(_ listeners: [Listener], _ identity: Identity?) throws -> Parts {
        let signals = roost_master_signals()
        guard signals >= 0 else { throw SystemError("signalfd") }
        var queue: [Int32] = [-1, -1]
        guard roost_queue_make(&queue) == 0 else { throw SystemError("hand-over queue") }
        return Parts(
            scoreboard: try Scoreboard(slotCount: Self.slotCount(settings)), listeners: listeners,
            control: try settings.controlSocket.map { try ControlServer(path: $0, report) }, identity: identity,
            signals: signals, queue: (queue[0], queue[1]), parentPipe: try pipe(), notice: try pipe())
    }

    func closeParts() {
        guard let parts else { return }
        for listener in parts.listeners {
            listener.unlinkOwnPath()
            close(listener.descriptor)
        }
        parts.control?.close()
        if let pidFile = settings.pidFile { PidFile.remove(pidFile) }
        for descriptor in [
            parts.signals, parts.queue.read, parts.queue.write, parts.parentPipe.read, parts.parentPipe.write,
            parts.notice.read, parts.notice.write, parts.scoreboard.descriptor,
        ] {
            close(descriptor)
        }
        self.parts = nil
    }

    private func warnOfTruncatedBacklog() {
        guard let limit = ListenQueue.kernelLimit, limit < Int(settings.backlog) else { return }
        for address in settings.listen {
            report(.backlogTruncated(address: address.description, asked: Int(settings.backlog), effective: limit))
        }
    }

    private func pipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard roost_pipe(&ends) == 0 else { throw SystemError("pipe") }
        return (ends[0], ends[1])
    }
}
