internal import Roost
internal import RoostPostgres

/// A page of what a search has found as the API shows it.
struct SearchPageJSON {
    private let results: SearchResults
    private let hits: [SearchHitJSON]
    private let next: String?
    private let previous: String?

    init(_ results: SearchResults, _ request: Request) throws {
        self.results = results
        hits = try results.hits.items.map { try SearchHitJSON($0, request) }
        let base = try request.urlFor("api.search", ["q": results.query.text, "type": results.kind.rawValue])
        next = results.hits.nextPage.map { "\(base)&page=\($0)" }
        previous = results.hits.previousPage.map { "\(base)&page=\($0)" }
    }

    static let output = Output<SearchPageJSON>(
        "SearchPage",
        .field("count", help: "of the type asked for, on all pages") { $0.results.hits.total },
        .nested("counts", \.results.counts, counts),
        .field("next") { $0.next },
        .field("prev") { $0.previous },
        .list("results", \.hits, SearchHitJSON.output),
        .field("suggestion", help: "what may have been meant, when little was found") { $0.results.suggestion.text },
        .field("users", help: "people called nearly so, when little was found") { $0.results.suggestion.people })

    private static let counts = Output<[SearchKind: Int]>(
        "SearchCounts",
        .field("comments") { $0[.comments] ?? 0 }, .field("posts") { $0[.posts] ?? 0 },
        .field("users") { $0[.users] ?? 0 })
}
