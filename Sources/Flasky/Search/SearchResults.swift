internal import RoostMarkup
internal import RoostPostgres

/// One page of what a search has found.
struct SearchResults {
    let query: SearchQuery
    let kind: SearchKind
    /// How many there are of each kind.
    let counts: [SearchKind: Int]
    let hits: Pagination<SearchHit>
    /// What may have been meant, when little was found.
    var suggestion = SearchSuggestion()

    init(query: SearchQuery, kind: SearchKind, counts: [SearchKind: Int], hits: Pagination<SearchHit>) {
        self.query = query
        self.kind = kind
        self.counts = counts
        self.hits = hits
    }

    /// Nothing, for a query that asks for nothing.
    init(query: SearchQuery, kind: SearchKind, perPage: Int) {
        self.init(
            query: query, kind: kind, counts: [:], hits: Pagination(items: [], page: 1, perPage: perPage, total: 0))
    }
}

/// One thing found, with the lines in which the words stand.
struct SearchHit {
    enum Content {
        case post(Post)
        case user(User)
        case comment(Comment)

        var comment: Comment? { if case .comment(let comment) = self { comment } else { nil } }

        /// What the lines are cut out of.
        var text: String {
            switch self {
            case .post(let post): PlainText.of(post.body)
            case .user(let user):
                [user.name, user.location, user.aboutMe].filter { !$0.isEmpty }.joined(separator: " · ")
            case .comment(let comment): PlainText.of(comment.body)
            }
        }
    }

    let content: Content
    /// The words found are in `<mark>`.
    let headline: SafeHTML
}
