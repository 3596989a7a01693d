internal import Roost
internal import RoostDatabase

extension Flasky {
    /// `/auth`: accounts, and logging in.
    static func makeAuthBlueprint(_ blog: BlogSettings) throws -> Blueprint {
        let auth = Blueprint("auth")
        try LoginViews(blog: blog).register(on: auth)
        try RegistrationViews(blog: blog).register(on: auth)
        try PasswordViews(blog: blog).register(on: auth)
        try EmailViews(blog: blog).register(on: auth)
        return auth
    }

    /// Finds whoever is logged in, and keeps the cookies that say so from scripts, other sites and plain HTTP.
    static func useLogins(in app: App, _ blog: BlogSettings) throws {
        var sessions = try SessionSettings(app.settings)
        sessions.cookie.followsScheme = true
        app.useSessions(sessions)

        var logins = try LoginSettings(app.settings, view: "auth.login")
        logins.rememberCookie.followsScheme = true
        try app.useLogin(logins) { request, text in try findUser(text, request, blog) }
        // The slow-query log names users by their numbers.
        app.database?.recorder.userID = { $0.knownUserID.flatMap(LoginID.init).map { String($0.userID) } }
    }

    /// The user of a login; one that holds no more is taken from the browser, so that it costs nothing from then on.
    private static func findUser(_ text: String, _ request: Request, _ blog: BlogSettings) throws -> User? {
        if let login = LoginID(text), let user = try User.find(login.userID, in: request.database),
            login.holds(for: user, isShared: blog.sharesLogins)
        {
            return user
        }
        request.logOut()
        return nil
    }
}
