internal import Roost

/// `GET /search/` of the API: what the search page finds, as JSON.
struct SearchResource {
    let blog: BlogSettings

    /// - Parameter api: the API's routes, behind its authentication.
    func register(on api: some RouteRegistry) throws {
        try api.describing(Self.operation).get("/search/", endpoint: "search") { (request: Request) in
            try list(request)
        }
    }

    private static let operation = APIOperation(
        "Search posts, users and comments",
        description: """
            Words must all be found; `"…"` is a phrase, `-word` must not be found, `a OR b` is either, and the last word
            is also the beginning of a longer one. The best come first.
            """,
        tags: ["search"], arguments: arguments, output: SearchPageJSON.output.schema,
        errors: [.unauthorized, .forbidden, 429])

    private static let text = RequestArgument("q", String.self, in: [.query], default: "", help: "what to look for")
    private static let kind = RequestArgument("type", String.self, in: [.query], default: SearchKind.posts.rawValue)
        .choices(SearchKind.allCases.map(\.rawValue))
    // As text: the book's API takes what is no number for the first page.
    private static let page = RequestArgument("page", String.self, in: [.query], default: "1", help: "from 1")
    private static let arguments = RequestParser(text, kind, page)

    private func list(_ request: Request) throws -> JSON {
        let values = try Self.arguments.parse(request)
        let kind = SearchKind(rawValue: values[Self.kind]) ?? .posts
        let results = try SearchResults(of: values[Self.text], kind, page: values[Self.page], limits: blog, request)
        return SearchPageJSON.output(try SearchPageJSON(results, request))
    }
}
