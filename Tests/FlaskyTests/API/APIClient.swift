import Roost
import RoostHTTP

@testable import Flasky

/// Calls the API as somebody, or as nobody.
struct APIClient {
    let client: TestClient

    /// - Parameters:
    ///   - blog: whose API it is
    ///   - name: an e-mail address or a token; nil: no credentials
    init(_ blog: Blog, _ name: String? = nil, password: String = "cat") {
        client = blog.client
        if let name { client.headers["Authorization"] = Authorization.basicHeader(name, password) }
        client.headers["Accept"] = "application/json"
    }

    func get(_ path: String, headers: [String: String] = [:]) -> TestResponse {
        client.get("/api/v1" + path, headers: headers)
    }

    func post(_ path: String, _ json: JSONValue = [:]) -> TestResponse {
        client.send(.post, "/api/v1" + path, json: json)
    }

    func put(_ path: String, _ json: JSONValue) -> TestResponse { client.send(.put, "/api/v1" + path, json: json) }

    /// Sends bytes as they are.
    func send(
        _ method: HTTPMethod, _ path: String, _ body: String?, type: String? = "application/json"
    ) -> TestResponse {
        client.send(method, "/api/v1" + path, body: body.map { Array($0.utf8) }, type: type)
    }
}

extension Blog {
    /// Calls the API with the password of somebody that `add(_:)` made.
    func api(as user: User) -> APIClient { APIClient(self, user.email) }

    /// Calls the API without credentials.
    var anonymousAPI: APIClient { APIClient(self) }
}

/// The API's own errors.
enum Problem {
    static let unauthorized: JSONValue = ["error": "unauthorized", "message": "Invalid credentials"]
    static let unconfirmed: JSONValue = ["error": "forbidden", "message": "Unconfirmed account"]
    static let forbidden: JSONValue = ["error": "forbidden", "message": "Insufficient permissions"]
    static let notFound: JSONValue = ["error": "not found"]
    static func badRequest(_ message: String) -> JSONValue {
        ["error": "bad request", "message": .string(message)]
    }
}
