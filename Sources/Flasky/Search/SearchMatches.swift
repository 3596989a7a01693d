internal import RoostPostgres

/// The rows that a search finds, as queries that nothing has run yet.
struct SearchMatches {
    let search: SearchQuery
    let language: SearchLanguage
    /// Moderators find what they have hidden.
    let seesDisabled: Bool

    /// The newest so many matches are sorted by how well they fit; what is older follows by time. A word that
    /// everybody uses would otherwise have the whole table ranked for each page.
    static let ranked = 500

    /// Posts, in no order.
    var posts: Query<Post> { posts(matching: search.sql(language.sql)) }

    /// Comments, in no order.
    var comments: Query<Comment> { comments(matching: search.sql(language.sql)) }

    /// Posts that match another query.
    /// - Parameter query: an expression of the type `tsquery`.
    func posts(matching query: SQL) -> Query<Post> {
        Post.query.where { matches(vector($0.body.sql), query) }.where { $0.authorID.isNotNull }
    }

    /// Comments that match another query, of those that may be seen.
    /// - Parameter query: an expression of the type `tsquery`.
    func comments(matching query: SQL) -> Query<Comment> {
        let all = Comment.query.where { matches(vector($0.body.sql), query) }
            .where { $0.authorID.isNotNull && $0.postID.isNotNull }
        return seesDisabled ? all : all.where { Condition("\($0.isDisabled) IS NOT TRUE") }
    }

    /// People: by name, place and what they say about themselves; never by their addresses.
    var users: Query<User> { User.query.where { Condition(isPerson($0)) } }

    /// Whether somebody is looked for: an SQL expression.
    func isPerson(_ user: Source<User>) -> SQL {
        let query = search.sqlForNames
        return "\(Self.person(user)) @@ \(query) AND \(isUseful(query))"
    }

    /// Posts as a page shows them, best first.
    func posts(on page: PageRequest) -> Query<Post> {
        let newest = posts.order(\.timestamp.descending, \.id.descending)
        guard let window = window(page) else { return newest.joining(\.author).counting(\.commentCount) }
        return newest.limit(window).nested(as: "found")
            .order { [rank($0.body.sql, $0.timestamp.sql), $0.timestamp.descending, $0.id.descending] }
            .joining(\.author).counting(\.commentCount)
    }

    /// Comments as a page shows them, best first.
    func comments(on page: PageRequest) -> Query<Comment> {
        let newest = comments.order(\.timestamp.descending, \.id.descending)
        guard let window = window(page) else { return newest.joining(\.author) }
        return newest.limit(window).nested(as: "found")
            .order { [rank($0.body.sql, $0.timestamp.sql), $0.timestamp.descending, $0.id.descending] }
            .joining(\.author)
    }

    /// People as a page shows them: a name counts more than what is said about it.
    var bestUsers: Query<User> {
        users.order {
            [.sql("ts_rank(\(Self.person($0)), \(search.sqlForNames)) DESC"), $0.username.ascending, $0.id.ascending]
        }
    }

    /// How many matches are ranked for a page: whole pages of them; nil for a page behind those.
    private func window(_ page: PageRequest) -> Int? {
        let pages = max(1, Self.ranked / page.perPage)
        return page.number <= pages ? pages * page.perPage : nil
    }

    /// How well a text fits, halved by half a year.
    private func rank(_ body: SQL, _ timestamp: SQL) -> Ordering {
        .sql(
            """
            ts_rank_cd(\(vector(body)), \(search.sql(language.sql)), 1)
            / (1 + greatest(0, extract(epoch FROM now() AT TIME ZONE 'UTC' - \(timestamp)) / 15552000)) DESC
            """)
    }

    private func matches(_ vector: SQL, _ query: SQL) -> Condition {
        Condition("\(vector) @@ \(query) AND \(isUseful(query))")
    }

    /// False when only words to be left out are left, because all others are too common to be in the index:
    /// nearly everything would match.
    private func isUseful(_ query: SQL) -> SQL { "querytree(\(query)) NOT IN ('', 'T')" }

    // The following are the expressions of the indexes, word for word: see migrations/0009_add_search.sql.

    private func vector(_ body: SQL) -> SQL { "to_tsvector(\(language.sql), left(\(body), 50000))" }

    private static func person(_ user: Source<User>) -> SQL {
        let names: SQL = "translate(coalesce(\(user.username), '') || ' ' || coalesce(\(user.name), ''), '._', '  ')"
        return """
            (setweight(to_tsvector('simple', \(names)), 'A')
            || setweight(to_tsvector('simple', coalesce(\(user.location), '')), 'B')
            || setweight(to_tsvector('simple', left(coalesce(\(user.aboutMe), ''), 50000)), 'D'))
            """
    }
}
