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

    /// Finds whoever is logged in.
    static func useLogins(in app: App, _ blog: BlogSettings) throws {
        try app.useLogin(view: "auth.login") { request, id in
            try Int(id).flatMap { try User.find($0, in: request.database) }
        }
    }
}
