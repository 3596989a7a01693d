internal import Roost
internal import RoostHTTP

extension Flasky {
    /// Serves the description of the API, open to everybody: beside the blueprint, whose routes ask who calls.
    static func serveAPIDescription(of app: App) throws {
        try app.serveOpenAPI("/api/v1/openapi.json", apiDescription, endpoint: "openapi") { route in
            route.blueprint == "api"
        }
    }

    private static var apiDescription: APIDescription {
        var about = APIDescription(
            "Flasky", version: "1",
            description: """
                Send the e-mail address and password of an account with HTTP Basic authentication, or a token of \
                `POST /api/v1/tokens/` as user name with an empty password. Tokens are much the faster way.
                """)
        about.securitySchemes = [("basic", .basic)]
        about.security = ["basic"]
        about.errors = [.unauthorized, .forbidden, 429]
        about.errorBodies = [
            APIErrorBody([400, 401, 403, 429], APIProblem.output.schema),
            APIErrorBody([404], ErrorJSON.output.schema, isAlsoHTML: true),
        ]
        return about
    }
}
