internal import Roost
internal import RoostDatabase
internal import RoostHTTP
internal import RoostPostgres

/// `GET /search/` of the API: what the search page finds, as JSON.
struct SearchResource {
    let blog: BlogSettings

    /// - Parameter api: the API's routes, behind its authentication.
    func register(on api: some RouteRegistry) throws {
        try api.describing(operation).get("/search/", endpoint: "search") { (request: Request) in try list(request) }
    }

    private var operation: APIOperation {
        APIOperation(
            "Search posts, users and comments",
            description: """
                Words must all be found; `"…"` is a phrase, `-word` must not be found, `a OR b` is either, and the last word
                is also the beginning of a longer one. The best come first. In `headline`, which is HTML, the words are in
                `<mark>`. `suggestion` is what may have been meant when little was found, `users` people called nearly so.
                """,
            tags: ["search"], arguments: Self.arguments, errors: [.unauthorized, .forbidden])
    }

    private static let text = RequestArgument("q", String.self, in: [.query], default: "", help: "what to look for")
    private static let kind = RequestArgument("type", String.self, in: [.query], default: SearchKind.posts.rawValue)
        .choices(SearchKind.allCases.map(\.rawValue))
    // As text: the book's API takes what is no number for the first page.
    private static let page = RequestArgument("page", String.self, in: [.query], default: "1", help: "from 1")
    private static let arguments = RequestParser(text, kind, page)

    private func list(_ request: Request) throws -> JSON {
        let values = try Self.arguments.parse(request)
        let kind = SearchKind(rawValue: values[Self.kind]) ?? .posts
        let results = try SearchResults(
            of: values[Self.text], kind, page: values[Self.page], limits: blog, request)
        let base = try request.urlFor("api.search", ["q": results.query.text, "type": results.kind.rawValue])
        let hits = try results.hits.items.map { try SearchHitJSON($0, request) }
        return JSON { json in
            json.beginObject()
            json.field("count", results.hits.total)
            json.key("counts")
            json.beginObject()
            for kind in SearchKind.allCases {
                json.key(dynamic: kind.rawValue)
                json.value(results.counts[kind] ?? 0)
            }
            json.endObject()
            json.field("next", results.hits.nextPage.map { "\(base)&page=\($0)" })
            json.field("prev", results.hits.previousPage.map { "\(base)&page=\($0)" })
            json.key("results")
            json.beginArray()
            for hit in hits { hit.append(to: &json) }
            json.endArray()
            json.field("suggestion", results.suggestion.text)
            json.key("users")
            json.beginArray()
            for person in results.suggestion.people { json.value(person.username) }
            json.endArray()
            json.endObject()
        }
    }
}

/// A thing found: where it is, by whom, and its lines.
private struct SearchHitJSON {
    private let fields: [(String, String)]

    init(_ hit: SearchHit, _ request: Request) throws {
        let root = try request.urlFor("api.get_posts").dropLast("/posts/".utf8.count)
        let headline = ("headline", hit.headline.text)
        switch hit.content {
        case .post(let post):
            fields = [
                ("author_url", "\(root)/users/\(post.authorID)"), headline, Self.time(post.timestamp),
                ("url", "\(root)/posts/\(post.id)"),
            ]
        case .comment(let comment):
            fields = [
                ("author_url", comment.authorID.map { "\(root)/users/\($0)" } ?? ""), headline,
                ("post_url", "\(root)/posts/\(comment.postID)"), Self.time(comment.timestamp),
                ("url", "\(root)/comments/\(comment.id)"),
            ]
        case .user(let user): fields = [headline, ("url", "\(root)/users/\(user.id)"), ("username", user.username)]
        }
    }

    private static func time(_ timestamp: Timestamp) -> (String, String) {
        ("timestamp", HTTPDate.text(timestamp.unixSeconds))
    }

    func append(to json: inout JSONWriter) {
        json.beginObject()
        for (name, text) in fields {
            json.key(dynamic: name)
            json.value(text)
        }
        json.endObject()
    }
}
