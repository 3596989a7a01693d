internal import RoostPostgres

/// Finds posts, people and comments: words in any order, best first, the words marked.
struct Search {
    let language: SearchLanguage
    /// Moderators find what they have hidden.
    var seesDisabled = false

    /// Looks at one page of what there is. Takes two statements, a third for what is marked, and a fourth for what
    /// may have been meant when there is little.
    /// - Parameter page: numbers below 1 mean the first page; one past the end is empty.
    /// - Throws: `QueryError`. No text makes it throw.
    func find(
        _ query: SearchQuery, _ kind: SearchKind, _ page: PageRequest, in database: Connection
    ) throws -> SearchResults {
        guard !query.isEmpty else { return SearchResults(query: query, kind: kind, perPage: page.perPage) }
        let matches = SearchMatches(search: query, language: language, seesDisabled: seesDisabled)
        let found = try counts(matches, in: database)
        let total = found.counts[kind] ?? 0
        let contents = try contents(matches, kind, page, total, in: database)
        let headlines = try SearchHeadlines(query: query, language: kind == .users ? nil : language)
            .lines(of: contents.items.map(\.text), in: database)
        let hits = Pagination(
            items: zip(contents.items, headlines).map { SearchHit(content: $0, headline: $1) }, page: contents.page,
            perPage: contents.perPage, total: contents.total)
        var results = SearchResults(query: query, kind: kind, counts: found.counts, hits: hits)
        if found.spelling != .exact, total < SearchSuggestion.fewResults {
            results.suggestion = try SuggestionSearch(matches: matches, kind: kind, spelling: found.spelling)
                .find(in: database)
        }
        return results
    }

    /// How much there is of each kind, and what the database can do about typing errors.
    private func counts(
        _ matches: SearchMatches, in database: Connection
    ) throws -> (counts: [SearchKind: Int], spelling: SearchSpelling) {
        let (posts, users, comments, knowsTrigrams, hasFoldedIndexes) = try database.one(
            """
            SELECT (SELECT count(*) FROM (\(matches.posts.sql)) AS p),
                (SELECT count(*) FROM (\(matches.users.sql)) AS u),
                (SELECT count(*) FROM (\(matches.comments.sql)) AS c),
                \(SearchSpelling.knowsTrigrams), \(SearchSpelling.hasFoldedIndexes)
            """, as: (Int, Int, Int, Bool, Bool).self)
        let spelling = SearchSpelling(knowsTrigrams: knowsTrigrams, hasFoldedIndexes: hasFoldedIndexes)
        return ([.posts: posts, .users: users, .comments: comments], spelling)
    }

    private func contents(
        _ matches: SearchMatches, _ kind: SearchKind, _ page: PageRequest, _ total: Int, in database: Connection
    ) throws -> Pagination<SearchHit.Content> {
        func paginate<R: Record>(_ query: Query<R>) throws -> Pagination<R> {
            try query.paginate(page: page.number, perPage: page.perPage, total: total, in: database)
        }
        switch kind {
        case .posts: return try paginate(matches.posts(on: page)).map { .post($0) }
        case .users: return try paginate(matches.bestUsers).map { .user($0) }
        case .comments: return try paginate(matches.comments(on: page)).map { .comment($0) }
        }
    }
}
