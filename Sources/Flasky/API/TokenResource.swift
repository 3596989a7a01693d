internal import Roost
internal import RoostHTTP

/// Tokens: the cheap way to call the API, for an hour each.
struct TokenResource {
    func register(on api: some RouteRegistry) throws {
        try api.describing(Self.making).post("/tokens/", endpoint: "get_token") { request in try make(request) }
    }

    private static let making = APIOperation(
        "A token, to send in the place of the e-mail address with an empty password",
        description: "It takes a password: a token cannot be used to get another.", output: output.schema)

    private func make(_ request: Request) throws -> Response {
        guard !request.usesToken else { throw APIProblem.unauthorized(isAsking: false) }
        let token = TokenJSON(token: try AccountTokens(request.app).api(for: try request.caller))
        var response = try Self.output(token).response(to: request)
        response.headers["Cache-Control"] = "no-store"
        return response
    }

    private struct TokenJSON { let token: String }

    private static let output = Output<TokenJSON>(
        "Token", .field("expiration", help: "In seconds") { _ in Int(AccountTokens.life / .seconds(1)) },
        .field("token", \.token))
}
