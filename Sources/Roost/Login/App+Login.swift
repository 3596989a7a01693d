internal import RoostSigning

private enum ManagerKey: StorageKey { typealias Value = LoginManager }

extension App {
    /// Lets users log in.
    ///
    ///     try app.useLogin(view: "auth.login") { request, id in try User.find(id, in: request.database) }
    ///
    /// - Parameters:
    ///   - view: endpoint or address of the login page
    ///   - load: finds the user of an id; nil when there is none any more
    /// - Returns: what can be changed further: messages, handlers, a loader for tokens.
    /// - Throws: `SettingError` for settings that do not fit, `SetupError` once serving has begun.
    @discardableResult
    public func useLogin(
        view: String? = nil, file: StaticString = #fileID, line: Int = #line, load: @escaping LoginManager.UserLoader
    ) throws -> LoginManager {
        try useLogin(LoginSettings(settings, view: view), file: file, line: line, load: load)
    }

    /// Lets users log in, with settings of the app's own.
    @discardableResult
    public func useLogin(
        _ settings: LoginSettings, file: StaticString = #fileID, line: Int = #line,
        load: @escaping LoginManager.UserLoader
    ) throws -> LoginManager {
        let manager = LoginManager(settings: settings, load: load)
        try afterRequest(file: file, line: line) { request, response in
            // A template cannot throw while it asks who is there; the request fails here in its place.
            if let failure = request.loginState.failure { throw failure }
            try RememberStep.run(manager, request, &response)
        }
        extensions[ManagerKey.self] = manager
        requireSecretKey(for: "logins")
        return manager
    }

    /// Who finds the users; nil before `useLogin`.
    public var login: LoginManager? { extensions[ManagerKey.self] }

    /// Signs remember cookies; nil without a secret key.
    /// - Throws: `UnusableSecretKey` when the key has characters that this cookie cannot sign with.
    func rememberCodec() throws -> RememberCookie? {
        guard let key = secrets.key else { return nil }
        guard let codec = RememberCookie(key: key) else { throw UnusableSecretKey() }
        return codec
    }
}

/// The secret key has a character above U+00FF: the remember cookie signs with its Latin-1 bytes, as Flask-Login does.
public struct UnusableSecretKey: Error, CustomStringConvertible {
    public var description: String {
        "the remember cookie cannot be signed: the secret key has a character above U+00FF. Take an ASCII text."
    }
}

/// A page asked for a login in an app that has none.
public struct LoginNotUsed: Error, CustomStringConvertible {
    public var description: String { "a view needs a login, and makeApp() never called app.useLogin(…)" }
}

/// Sets or clears the remember cookie after the view, before the session is saved.
enum RememberStep {
    static func run(_ manager: LoginManager, _ request: Request, _ response: inout Response) throws {
        let session = request.session
        let settings = manager.settings
        // Looking without a trace: a page that never asked for the session stays the same for everybody.
        var step = session.saved[LoginKey.remember]?.string
        if step == nil, settings.refreshesRememberCookie, session.saved.contains(LoginKey.userID) {
            step = "set"
            session.markModified()
        }
        guard step != nil else { return }
        session.pop(LoginKey.remember)
        if step == "set", let id = session[LoginKey.userID]?.string {
            try set(id, manager, request, &response)
        } else if step == "clear" {
            try response.setCookie(removal(settings.rememberCookie))
        }
    }

    private static func set(
        _ id: String, _ manager: LoginManager, _ request: Request, _ response: inout Response
    ) throws {
        guard let codec = try request.app.rememberCodec() else { throw NoSecretKey() }
        let seconds = request.session[LoginKey.rememberSeconds]?.double ?? Double(manager.settings.rememberDuration)
        // Within the years that a date can show, whatever the session says.
        let expires = request.app.unixTime() + Int64(max(0, min(seconds, 3e9)))
        try response.setCookie(manager.settings.rememberCookie.cookie(codec.encode(id), expires: expires, to: request))
    }

    /// Flask-Login's removal carries none of Secure, HttpOnly and SameSite.
    private static func removal(_ settings: CookieSettings) -> Cookie {
        CookieSettings(settings.name, domain: settings.domain, path: settings.path, isHTTPOnly: false).removal()
    }
}
