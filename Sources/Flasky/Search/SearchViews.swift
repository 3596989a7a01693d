internal import Roost
internal import RoostDatabase
internal import RoostPostgres
internal import RoostTemplates

/// Finds posts, people and comments.
struct SearchViews {
    let blog: BlogSettings

    func register(on main: Blueprint) throws {
        try main.get("/search", endpoint: "search") { (request: Request) in try show(request) }
    }

    private func show(_ request: Request) throws -> Response {
        let query = request.query
        let kind = query["type"].flatMap { SearchKind(rawValue: $0) } ?? .posts
        let results = try SearchResults(of: query["q"] ?? "", kind, page: query["page"], limits: blog, request)
        let text = results.query.text
        let pagination = PaginationView(
            results.hits, base: try request.urlFor("main.search", ["q": text, "type": results.kind.rawValue]))
        return try request.render(
            "search.html",
            [
                "query": text, "asks_nothing": results.query.isEmpty, "kind": results.kind.rawValue,
                "tabs": try tabs(results, request),
                "results": TemplateValue.objects(try items(results, request)),
                "pagination": pagination, "suggestion": try suggestion(results, request),
                "people": TemplateValue.array(results.suggestion.people.map { .string($0) }),
            ])
    }

    /// What was found; with comments goes the page on which they stand.
    private func items(_ results: SearchResults, _ request: Request) throws -> [SearchItem] {
        let hits = results.hits.items
        let pages = try CommentPlaces.pages(
            of: hits.compactMap { $0.content.comment }, perPage: blog.commentsPerPage, in: request.database)
        return hits.map { hit in SearchItem(hit: hit, page: hit.content.comment.flatMap { pages[$0.id] }) }
    }

    private func tabs(_ results: SearchResults, _ request: Request) throws -> TemplateValue {
        .array(
            try SearchKind.allCases.map { kind in
                let url = try request.urlFor("main.search", ["q": results.query.text, "type": kind.rawValue])
                return .dictionary([
                    "kind": .string(kind.rawValue), "label": .string(kind.label), "url": .string(url),
                    "count": .int(results.counts[kind] ?? 0),
                ])
            })
    }

    /// What may have been meant, with its address.
    private func suggestion(_ results: SearchResults, _ request: Request) throws -> TemplateValue {
        guard let text = results.suggestion.text else { return .none }
        let url = try request.urlFor("main.search", ["q": text, "type": results.kind.rawValue])
        return .dictionary(["text": .string(text), "url": .string(url)])
    }
}

extension SearchResults {
    /// What whoever asks may see of what there is.
    /// - Parameters:
    ///   - typed: any text.
    ///   - page: the query's `page`; what is no number means the first page.
    /// - Throws: 429 when one client searches too often; `QueryError`
    init(of typed: String, _ kind: SearchKind, page: String?, limits blog: BlogSettings, _ request: Request) throws {
        let query = SearchQuery(typed)
        if !query.isEmpty { try blog.searchLimit?.count(.address, request) }
        let perPage = kind == .comments ? blog.commentsPerPage : blog.postsPerPage
        let search = Search(language: blog.searchLanguage, seesDisabled: try request.allows(.moderate))
        self = try search.find(query, kind, PageRequest(page, perPage: perPage), in: request.database)
    }
}
