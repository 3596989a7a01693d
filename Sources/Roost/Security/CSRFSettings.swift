public import RoostSigning

/// How requests are protected against forgery across sites, under Flask-WTF's names and with its defaults.
public struct CSRFSettings: Sendable {
    public var isEnabled = true
    /// Whether `useCSRF` checks every view that is not exempt.
    public var checksEveryView = true
    public var methods = ["POST", "PUT", "PATCH", "DELETE"]
    /// The form's field, and the session's key.
    public var fieldName = "csrf_token"
    public var headers = ["X-CSRFToken", "X-CSRF-Token"]
    /// Seconds a token is good for; nil: for ever.
    public var timeLimit: Int64? = 3600
    /// Whether requests over HTTPS must come from a page of this host.
    public var checksReferrer = true
    /// Signs the tokens; nil: the app's key.
    public var key: SecretKey?

    public init() {}

    /// The `csrf.*` part of an app's settings.
    public init(_ settings: Settings) throws {
        func text(_ key: String) throws -> String? { try settings.listed(key)?.optionalText(key) }
        func flag(_ key: String) throws -> Bool? { try settings.listed(key)?.flag(key) }
        isEnabled = try flag("csrf.enabled") ?? isEnabled
        checksEveryView = try flag("csrf.check_default") ?? checksEveryView
        methods = try settings.listed("csrf.methods")?.words("csrf.methods") ?? methods
        fieldName = try text("csrf.field_name") ?? fieldName
        headers = try settings.listed("csrf.headers")?.words("csrf.headers") ?? headers
        if let settings = settings.listed("csrf.time_limit") {
            let seconds = try settings.duration("csrf.time_limit").components.seconds
            timeLimit = seconds == 0 ? nil : seconds
        }
        checksReferrer = try flag("csrf.ssl_strict") ?? checksReferrer
        key = try text("csrf.secret_key").map { SecretKey($0) }
    }
}

/// A request that did not prove that it comes from a page of this app: 400, with Flask-WTF's words.
public struct CSRFError: HTTPErrorConvertible, CustomStringConvertible {
    public let problem: CSRFProblem

    public var httpError: HTTPError { HTTPError(.badRequest, problem.description) }
    public var description: String { problem.description }
}
