internal import Roost
internal import RoostHTTP

extension Flasky {
    /// `/api/v1`: posts, comments and users as JSON. Whatever is registered on it is for authenticated callers only.
    static func makeAPIBlueprint(_ blog: BlogSettings) throws -> Blueprint {
        let api = Blueprint("api")
        try api.require(try APIAuthentication(blog).guarding)
        // A browser may remember these credentials, but no form of another site can send the JSON that a change needs,
        // and no other site can read the token that a call without a body makes.
        try api.onRegister { app in try app.csrfProtection().exempt(blueprint: "api") }
        try addErrors(to: api)
        try TokenResource().register(on: api)
        try PostResource(blog: blog).register(on: api)
        try CommentResource(blog: blog).register(on: api)
        try UserResource(blog: blog).register(on: api)
        try SearchResource(blog: blog).register(on: api)
        return api
    }

    /// The errors that are JSON for everybody. 404, 405 and 500 are the application's.
    private static func addErrors(to api: Blueprint) throws {
        try api.errorHandler(for: APIProblem.self) { _, problem in problem }
        try api.errorHandler(for: ArgumentErrors.self) { _, errors in APIProblem.badRequest(errors.description) }
        for status in [Status(400), 413, 429] {
            try api.errorHandler(status) { _, error in
                APIProblem(status: status, error: status.reason.lowercased(), message: error.reason)
            }
        }
    }
}
