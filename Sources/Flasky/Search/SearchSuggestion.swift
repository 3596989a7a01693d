internal import RoostPostgres

/// What somebody may have meant: words spelt nearly the same that there are, and people called nearly so.
struct SearchSuggestion {
    /// The query, mended.
    var text: String?
    var people: [Author] = []

    /// With so many results nobody asks what else was meant.
    static let fewResults = 3
    private static let mostPeople = 5

    /// One statement. Needs the extension pg_trgm.
    static func find(for query: SearchQuery, _ kind: SearchKind, in database: Connection) throws -> SearchSuggestion {
        kind == .users
            ? SearchSuggestion(people: try people(query, in: database))
            : SearchSuggestion(text: query.corrected(try corrections(of: query.words, in: database)))
    }

    /// For each word that nobody has written, the most similar one that somebody has.
    private static func corrections(of words: [String], in database: Connection) throws -> [String: String] {
        let pairs = try database.rows(
            """
            SELECT typed.word, best.word FROM unnest(\(words)::text[]) AS typed(word)
            CROSS JOIN LATERAL (
                SELECT word FROM search_words AS known WHERE known.word % typed.word
                ORDER BY similarity(known.word, typed.word) DESC, documents DESC LIMIT 1) AS best
            WHERE best.word <> typed.word
            """, as: (String, String).self)
        return Dictionary(pairs) { first, _ in first }
    }

    private static func people(_ query: SearchQuery, in database: Connection) throws -> [Author] {
        let name = query.alternatives.flatMap(\.self).filter { !$0.isExcluded }.map(\.text).joined(separator: " ")
        return try Author.query
            .where {
                Condition(
                    """
                    \($0.username) % \(name) OR \(name) <% \($0.username)
                    OR users.name % \(name) OR \(name) <% users.name
                    """)
            }
            .order {
                [
                    .sql(
                        """
                        greatest(word_similarity(\(name), \($0.username)), word_similarity(\(name), users.name)) DESC
                        """),
                    $0.username.ascending,
                ]
            }
            .limit(mostPeople).all(in: database)
    }
}
