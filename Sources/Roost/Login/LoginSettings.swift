/// How logging in works, under Flask-Login's names and with its defaults.
public struct LoginSettings: Sendable {
    /// What happens when a session's identifier is not that of the browser that sends it.
    public enum Protection: String, Sendable {
        /// Nothing.
        case none
        /// The login stops being fresh.
        case basic
        /// The login ends; a permanent session is treated as `basic`.
        case strong
    }

    /// Where to log in: an endpoint such as `auth.login`, or an address. Nil: 401.
    public var view: String?
    /// Where to log in from blueprints that differ, by the blueprint's name.
    public var blueprintViews: [String: String] = [:]
    /// Flashed when the login page is shown; nil: nothing.
    public var message: String? = "Please log in to access this page."
    public var messageCategory = "message"
    /// Where to log in again when a fresh login is asked for. Nil: 401.
    public var refreshView: String?
    public var refreshMessage: String? = "Please reauthenticate to access this page."
    public var refreshMessageCategory = "message"
    public var protection = Protection.basic
    /// Keeps the address to return to in the session, not in the login page's own address.
    public var keepsNextInSession = false
    /// Host to put into the addresses of login pages; nil: they stay relative.
    public var redirectHost: String?
    /// Lets everybody in, for tests.
    public var isDisabled = false
    public var rememberCookie = CookieSettings("remember_token")
    /// Seconds that a browser keeps the remember cookie: 365 days.
    public var rememberDuration: Int64 = 31_536_000
    /// Sets the remember cookie on every response to somebody who is logged in, asked for or not.
    public var refreshesRememberCookie = false

    public init(view: String? = nil) { self.view = view }

    /// The `login.*` and `remember.*` parts of an app's settings.
    /// - Throws: `SettingError` for a value that does not fit.
    public init(_ settings: Settings, view: String? = nil) throws {
        self.view = view
        func text(_ key: String) throws -> String? { try settings.listed(key)?.optionalText(key) }
        func flag(_ key: String) throws -> Bool? { try settings.listed(key)?.flag(key) }
        message = try text("login.message") ?? message
        messageCategory = try text("login.message_category") ?? messageCategory
        refreshMessage = try text("login.refresh_message") ?? refreshMessage
        refreshMessageCategory = try text("login.refresh_message_category") ?? refreshMessageCategory
        protection = try text("login.session_protection").flatMap(Protection.init(rawValue:)) ?? protection
        keepsNextInSession = try flag("login.next_in_session") ?? keepsNextInSession
        redirectHost = try text("login.redirect_host")
        isDisabled = try flag("login.disabled") ?? isDisabled
        try rememberCookie.read(settings, "remember.cookie_")
        if let settings = settings.listed("remember.duration") {
            rememberDuration = try settings.duration("remember.duration").components.seconds
        }
        refreshesRememberCookie = try flag("remember.refresh_each_request") ?? refreshesRememberCookie
    }
}
