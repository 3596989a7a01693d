/// How sessions are kept, under Flask's names and with Flask's defaults.
public struct SessionSettings: Sendable {
    public var cookie = CookieSettings("session")
    /// Seconds after which a session is refused, permanent or not: 31 days.
    public var lifetime: Int64 = 2_678_400
    /// Whether every response sets a permanent session's cookie anew.
    public var refreshesEachRequest = true
    /// A longer cookie is reported in the log: browsers may drop it.
    public var maxCookieSize = 4093

    public init() {}

    /// The `session.*` part of an app's settings.
    /// - Throws: `SettingError` for a value that does not fit.
    public init(_ settings: Settings) throws {
        if let root = try settings.listed("application_root")?.optionalText("application_root") { cookie.path = root }
        try cookie.read(settings, "session.cookie_")
        if let settings = settings.listed("session.lifetime") {
            lifetime = try settings.duration("session.lifetime").components.seconds
        }
        if let settings = settings.listed("session.refresh_each_request") {
            refreshesEachRequest = try settings.flag("session.refresh_each_request")
        }
        if let settings = settings.listed("session.max_cookie_size") {
            maxCookieSize = try settings.count("session.max_cookie_size")
        }
    }
}
