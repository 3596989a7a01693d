/// The settings of sessions, login and CSRF protection, and the names that Flask and its extensions have for them.
public enum FlaskSettings {
    /// A configuration name of Flask's world, and the setting that stands for it here.
    public struct Name: Sendable {
        public let flask: String
        /// Nil: it is among those of HTTP, and its default is None.
        public let setting: Setting?
    }

    /// Every setting, to be listed with those of an app.
    public static let all: [Setting] = names.compactMap(\.setting)

    /// The setting for one of Flask's names.
    public static func setting(for flask: String) -> Setting? { names.first { $0.flask == flask }?.setting }

    public static let names: [Name] = general + session + remember + login + csrf

    private static func name(
        _ flask: String, _ key: String, _ kind: Setting.Kind, _ standard: String?, _ summary: String,
        secret: Bool = false
    ) -> Name {
        Name(flask: flask, setting: Setting(key, kind, standard, summary, secret: secret))
    }

    private static let general = [
        name("SECRET_KEY", "secret_key", .text, nil, "signs sessions and tokens", secret: true),
        name(
            "SECRET_KEY_FALLBACKS", "secret_key_fallbacks", .list, nil,
            "old keys with which sessions are still read, the oldest first", secret: true),
        name("APPLICATION_ROOT", "application_root", .text, "/", "path of cookies that name none"),
        Name(flask: "SERVER_NAME", setting: nil),
        Name(flask: "TRUSTED_HOSTS", setting: nil),
    ]

    private static let sameSite = Setting.Kind.choice(["strict", "lax", "none", "Strict", "Lax", "None"])

    private static let session = [
        name("SESSION_COOKIE_NAME", "session.cookie_name", .text, "session", "name of the session's cookie"),
        name("SESSION_COOKIE_DOMAIN", "session.cookie_domain", .text, nil, "hosts that get it; default: this one"),
        name("SESSION_COOKIE_PATH", "session.cookie_path", .text, nil, "paths that get it; default: application_root"),
        name("SESSION_COOKIE_HTTPONLY", "session.cookie_httponly", .flag, "true", "hidden from scripts"),
        name("SESSION_COOKIE_SECURE", "session.cookie_secure", .flag, "false", "sent over HTTPS only"),
        name(
            "SESSION_COOKIE_PARTITIONED", "session.cookie_partitioned", .flag, "false",
            "kept apart for each embedding site"),
        name("SESSION_COOKIE_SAMESITE", "session.cookie_samesite", sameSite, nil, "strict, lax or none"),
        name("PERMANENT_SESSION_LIFETIME", "session.lifetime", .duration, "744h", "an older session is refused"),
        name(
            "SESSION_REFRESH_EACH_REQUEST", "session.refresh_each_request", .flag, "true",
            "every response sets a permanent session's cookie anew"),
        name("MAX_COOKIE_SIZE", "session.max_cookie_size", .count(0...65_536), "4093", "a longer cookie is reported"),
    ]

    private static let remember = [
        name("REMEMBER_COOKIE_NAME", "remember.cookie_name", .text, "remember_token", "name of the remember cookie"),
        name("REMEMBER_COOKIE_DURATION", "remember.duration", .duration, "8760h", "how long browsers keep it"),
        name("REMEMBER_COOKIE_DOMAIN", "remember.cookie_domain", .text, nil, "hosts that get it; default: this one"),
        name("REMEMBER_COOKIE_PATH", "remember.cookie_path", .text, "/", "paths that get it"),
        name("REMEMBER_COOKIE_SECURE", "remember.cookie_secure", .flag, "false", "sent over HTTPS only"),
        name("REMEMBER_COOKIE_HTTPONLY", "remember.cookie_httponly", .flag, "true", "hidden from scripts"),
        name("REMEMBER_COOKIE_SAMESITE", "remember.cookie_samesite", sameSite, nil, "strict, lax or none"),
        name(
            "REMEMBER_COOKIE_REFRESH_EACH_REQUEST", "remember.refresh_each_request", .flag, "false",
            "every response to a user sets it anew"),
    ]

    private static let login = [
        name(
            "SESSION_PROTECTION", "login.session_protection", .choice(["none", "basic", "strong"]), "basic",
            "what a change of address or browser does to a login"),
        name("LOGIN_DISABLED", "login.disabled", .flag, "false", "lets everybody in, for tests"),
        name(
            "USE_SESSION_FOR_NEXT", "login.next_in_session", .flag, "false",
            "keeps the page to return to in the session"),
        name("FORCE_HOST_FOR_REDIRECTS", "login.redirect_host", .text, nil, "host in the addresses of login pages"),
        name(
            "LOGIN_MESSAGE", "login.message", .text, "Please log in to access this page.", "flashed on the login page"),
        name("LOGIN_MESSAGE_CATEGORY", "login.message_category", .text, "message", "its category"),
        name(
            "REFRESH_MESSAGE", "login.refresh_message", .text, "Please reauthenticate to access this page.",
            "flashed where a password is asked for again"),
        name("REFRESH_MESSAGE_CATEGORY", "login.refresh_message_category", .text, "message", "its category"),
    ]

    private static let csrf = [
        name("WTF_CSRF_ENABLED", "csrf.enabled", .flag, "true", "tokens against cross-site requests"),
        name("WTF_CSRF_CHECK_DEFAULT", "csrf.check_default", .flag, "true", "checks every view that is not exempt"),
        name("WTF_CSRF_METHODS", "csrf.methods", .list, "POST,PUT,PATCH,DELETE", "methods that are checked"),
        name("WTF_CSRF_FIELD_NAME", "csrf.field_name", .text, "csrf_token", "form field and session key"),
        name("WTF_CSRF_HEADERS", "csrf.headers", .list, "X-CSRFToken,X-CSRF-Token", "headers that may carry it"),
        name("WTF_CSRF_TIME_LIMIT", "csrf.time_limit", .duration, "1h", "an older token is refused; 0 = never"),
        name("WTF_CSRF_SSL_STRICT", "csrf.ssl_strict", .flag, "true", "checks the referrer over HTTPS"),
        name(
            "WTF_CSRF_SECRET_KEY", "csrf.secret_key", .text, nil, "signs the tokens; default: secret_key", secret: true),
    ]
}

extension Settings {
    /// The words of a list setting; a default is one text with commas.
    func words(_ key: String) throws -> [String] {
        try list(key).flatMap { text in
            text.utf8.split(separator: UInt8(ascii: ",")).map { String(decoding: $0, as: UTF8.self) }
        }
    }
}
