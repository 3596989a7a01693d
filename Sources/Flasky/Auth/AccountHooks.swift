internal import Roost
internal import RoostDatabase
internal import RoostPostgres

extension Flasky {
    /// What happens before every view: who is logged in was seen now, and goes no further before the account is
    /// confirmed.
    static func useAccountHooks(in app: App) throws {
        try app.beforeRequest { request -> (any ResponseConvertible)? in
            // Files are the same for everybody, and the API knows its users by other means.
            guard request.endpoint != "static", !request.isAboutAPI else { return nil }
            guard let user = try request.user else { return nil }
            try notice(user, request)
            // An address that leads nowhere is answered as for everybody else.
            guard !user.isConfirmed, request.endpoint != nil, request.blueprint != "auth" else { return nil }
            return redirect(to: try request.urlFor("auth.unconfirmed"))
        }
    }

    /// Seconds for which nobody is noticed again.
    private static let pause: Int64 = 60

    /// Stores when a user was last seen: this column alone, at most once a minute, however many workers he meets.
    private static func notice(_ user: User, _ request: Request) throws {
        let now = Timestamp(unixSeconds: request.app.unixTime())
        let before = now.adding(seconds: -pause)
        guard user.lastSeen <= before else { return }
        try User.query.where { $0.id == user.id && ($0.lastSeen <= before || $0.lastSeen.isNull) }
            .update(in: request.database) { $0.lastSeen = now }
        var seen = user
        seen.lastSeen = now
        request.setCurrentUser(seen)
    }
}
