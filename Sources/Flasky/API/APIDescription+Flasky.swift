internal import Roost
internal import RoostHTTP

extension APIOperation {
    /// What the description says about an operation of this API: each may be refused because of who calls.
    static func ofAPI(
        _ summary: String, description: String? = nil, arguments: RequestParser? = nil, output: OutputSchema,
        status: Status = .ok, errors: [Status] = [], headers: [(name: String, description: String)] = []
    ) -> APIOperation {
        var operation = APIOperation(
            summary, description: description, arguments: arguments, output: output, status: status,
            errors: [.unauthorized, .forbidden] + errors + [429])
        operation.headers = headers
        // Also where it may be empty: an object without members.
        operation.requiresBody = true
        return operation
    }
}

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
        about.errorBodies = [
            APIErrorBody([400, 401, 403, 429], APIProblem.output.schema),
            APIErrorBody([404], ErrorJSON.output.schema, isAlsoHTML: true),
        ]
        return about
    }
}
