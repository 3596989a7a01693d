internal import Roost

/// Decides which finished requests keep their profile, and why.
struct KeepRule {
    let settings: ProfilerSettings

    /// Whether a request's profile can be kept at all, whatever asks for it.
    func allows(_ request: Request, _ token: ProfileToken?) -> Bool {
        guard settings.endpoints.isEmpty || settings.endpoints.contains(request.endpoint ?? "") else { return false }
        switch settings.mode {
        case .off: return false
        case .slow, .all: return true
        case .signed: return token != nil
        }
    }

    /// The reasons that a finished request gives by itself.
    /// - Parameter hasToken: whether it carries a token that is for its path and its user.
    func reasons(_ exchange: Exchange, hasToken: Bool) -> [ProfileReason] {
        var reasons: [ProfileReason] = []
        if hasToken { reasons.append(ProfileReason(.token, "signed token")) }
        if exchange.nanoseconds >= settings.threshold {
            reasons.append(ProfileReason(.slow, "slower than \(settings.threshold / 1_000_000) ms"))
        }
        let status = exchange.response.status.code
        if status >= 500 { reasons.append(ProfileReason(.failed, "status \(status)")) }
        if settings.mode == .all { reasons.append(ProfileReason(.sampled, "mode all")) }
        return reasons
    }

    /// Whether these reasons suffice. In mode `signed` nothing but a token does.
    func suffices(_ reasons: [ProfileReason]) -> Bool {
        settings.mode == .signed ? reasons.contains { $0.kind == .token } : !reasons.isEmpty
    }
}
