/// Answers to control requests.
extension Master {
    func serveControl() {
        parts?.control?.serve(answer)
    }

    private func answer(_ command: ControlCommand) -> [UInt8]? {
        switch command {
        case .status:
            guard let parts else { return ControlServer.answer(failure: "the pool is stopping") }
            return ControlServer.answer { StatusReport(master: self, parts: parts).write(to: &$0) }
        case .scale(let count): return scale(count)
        case .stop:
            apply(.stop(graceful: true, reason: "control socket"))
            return ControlServer.answer()
        case .reload: return reload()
        case .reopenLogs:
            apply(.reopenLogs)
            return ControlServer.answer()
        }
    }

    private func scale(_ count: Int) -> [UInt8] {
        guard (1...policy.ceiling).contains(count) else {
            return ControlServer.answer(failure: "workers must be from 1 to \(policy.ceiling)")
        }
        apply(.scaleTo(count))
        return ControlServer.answer { $0.number("workers", self.policy.target) }
    }

    private func reload() -> [UInt8]? {
        guard policy.life == .serving else { return ControlServer.answer(failure: "the pool is not serving yet") }
        apply(.reload)
        return nil
    }
}
