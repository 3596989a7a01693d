internal import Roost
internal import RoostHTTP

/// An answer of the API that is an error: JSON, whatever the client accepts.
struct APIProblem: Error, ResponseConvertible {
    let status: Status
    let error: String
    let message: String
    var headers = Headers()

    func response(to request: Request) throws -> Response {
        var response = try Self.output(self, status: status).response(to: request)
        response.headers.merge(headers)
        return response
    }

    static let output = Output<APIProblem>("Problem", .field("error", \.error), .field("message", \.message))

    static func badRequest(_ message: String) -> APIProblem {
        APIProblem(status: .badRequest, error: "bad request", message: message)
    }

    static func forbidden(_ message: String) -> APIProblem {
        APIProblem(status: .forbidden, error: "forbidden", message: message)
    }

    /// Who asks did not prove who they are.
    /// - Parameter isAsking: whether the client is told how to; not where its credentials are right and of no use here.
    static func unauthorized(isAsking: Bool = true) -> APIProblem {
        APIProblem(
            status: .unauthorized, error: "unauthorized", message: "Invalid credentials",
            headers: isAsking ? ["WWW-Authenticate": "Basic realm=\"Authentication Required\""] : Headers())
    }
}
