internal import Roost
internal import RoostHTTP

/// The number of a page in a query. As on the blog's pages, what is no number means the first page, and nothing is
/// refused.
struct PageNumber: ArgumentValue {
    let number: Int

    static func argument(text: String) throws(ArgumentProblem) -> PageNumber {
        PageNumber(number: PageRequest(text, perPage: 1).number)
    }

    static func argument(json: JSONValue) throws(ArgumentProblem) -> PageNumber { PageNumber(number: json.int ?? 1) }
    var argumentJSON: JSONValue { .int(number) }
    static var argumentSchema: JSONValue { ["type": ["integer", "string"]] }

    private static let page = RequestArgument(
        "page", PageNumber.self, in: [.query], default: PageNumber(number: 1),
        help: "From 1. What is no number means 1; a page past the end is empty.")

    /// What lists take.
    static let arguments = RequestParser(page)

    /// The page that a request asks for.
    static func request(_ request: Request, perPage: Int) throws -> PageRequest {
        PageRequest(number: try arguments.parse(request)[page].number, perPage: perPage)
    }
}
