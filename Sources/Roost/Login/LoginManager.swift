internal import RoostSigning
public import RoostTemplates

/// Finds out who sends a request: from the session, the remember cookie, or the app's own means.
public final class LoginManager {
    /// Finds the user of an id; nil when there is none any more.
    public typealias UserLoader = (Request, String) throws -> (any LoginUser)?

    public var settings: LoginSettings
    let load: UserLoader
    /// Finds the user of a request without a session, such as one with a token in its headers.
    public var requestLoader: ((Request) throws -> (any LoginUser)?)?
    /// Answers a request that needs a login, in place of the redirect to the login view.
    public var unauthorizedHandler: ((Request) throws -> any ResponseConvertible)?
    /// Answers a request that needs a fresh login, in place of the redirect to the refresh view.
    public var needsRefreshHandler: ((Request) throws -> any ResponseConvertible)?

    /// The `current_user` of templates when nobody is logged in, such as one whose `can` is always false.
    public var anonymousUser: (any TemplateConvertible)?

    init(settings: LoginSettings, load: @escaping UserLoader) {
        self.settings = settings
        self.load = load
    }

    /// Checks the session's protection and finds the user.
    func findUser(of request: Request) throws -> (any LoginUser)? {
        let session = request.session
        if SessionProtection.fails(settings.protection, session, request) { return nil }
        if let id = session[LoginKey.userID]?.string, let user = try load(request, id) { return user }
        guard let cookie = request.cookies[settings.rememberCookie.name], session[LoginKey.remember]?.string != "clear"
        else { return try requestLoader?(request) }
        return try remembered(cookie, request)
    }

    /// The id of which `findUser` would load the user, by session or remember cookie; changes nothing.
    func peekID(of request: Request) -> String? {
        let session = request.session
        if SessionProtection.wouldFail(settings.protection, session, request) { return nil }
        if let id = session.saved[LoginKey.userID]?.string { return id }
        guard let cookie = request.cookies[settings.rememberCookie.name],
            session.saved[LoginKey.remember]?.string != "clear"
        else { return nil }
        // A key that cannot sign has remembered nobody.
        return (try? request.app.rememberCodec())?.decode(cookie)
    }

    /// The session takes the id even when there is no such user, as in Flask-Login; it is not bound to the browser.
    private func remembered(_ cookie: String, _ request: Request) throws -> (any LoginUser)? {
        guard let codec = try request.app.rememberCodec(), let id = codec.decode(cookie) else { return nil }
        request.session[LoginKey.userID] = .text(id)
        request.session[LoginKey.fresh] = false
        return try load(request, id)
    }
}

/// The keys of the session that logging in uses: Flask-Login's.
enum LoginKey {
    static let userID = "_user_id"
    static let fresh = "_fresh"
    static let identifier = "_id"
    /// `set` or `clear`, within one request.
    static let remember = "_remember"
    static let rememberSeconds = "_remember_seconds"
    static let next = "next"
    static let all = [userID, remember, rememberSeconds, identifier, fresh, next]
}
