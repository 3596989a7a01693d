internal import Roost
internal import RoostHTTP

/// The text of a post or comment that a client sends: `{"body": "…"}`. White space alone is a text, too.
struct BodyText: ArgumentValue {
    let text: String

    static func argument(text: String) throws(ArgumentProblem) -> BodyText {
        guard !text.isEmpty else { throw missing }
        guard !text.utf8.contains(0) else {
            throw ArgumentProblem("has a body with a NUL character, which cannot be stored")
        }
        return BodyText(text: text)
    }

    static func argument(json: JSONValue) throws(ArgumentProblem) -> BodyText {
        guard !json.isNull else { throw missing }
        guard let text = json.string else { throw ArgumentProblem("has a body that is no text") }
        return try argument(text: text)
    }

    static let missing = ArgumentProblem("does not have a body")
    var argumentJSON: JSONValue { .string(text) }
    static var argumentSchema: JSONValue { ["type": "string", "minLength": 1, "pattern": #"^[^\u0000]*$"#] }

    /// What describes the body of a request that must have a text, and of one that may.
    static let required = RequestParser(RequestArgument("body", BodyText.self, in: [.json], help: help))
    static let optional = RequestParser(RequestArgument(optional: "body", BodyText.self, in: [.json], help: help))
    private static let help = "In Markdown"

    /// The text of a request.
    /// - Parameter name: what has the text, for messages: "post", "comment"
    /// - Returns: nil when the body is an object without the text
    /// - Throws: `APIProblem`, and `HTTPError` for a body that is no JSON
    static func read(_ request: Request, of name: String) throws -> BodyText? {
        // Not 415: this API has 400 for everything that is wrong with a body. It is also what keeps other sites from
        // using credentials that a browser remembers: no form can send this type.
        guard request.isJSON else {
            throw APIProblem.badRequest("the request does not have a body of Content-Type: application/json")
        }
        guard let object = try request.json().object else {
            throw APIProblem.badRequest("the body of the request is not a JSON object")
        }
        do {
            return try object["body"].map { json throws(ArgumentProblem) in try argument(json: json) }
        } catch {
            throw APIProblem.badRequest("\(name) \(error)")
        }
    }

    /// The text of a request that must have one.
    static func require(_ request: Request, of name: String) throws -> String {
        guard let body = try read(request, of: name) else { throw APIProblem.badRequest("\(name) \(missing)") }
        return body.text
    }
}
