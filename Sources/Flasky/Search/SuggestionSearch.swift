internal import RoostPostgres

/// Looks for what may have been meant, when little was found.
struct SuggestionSearch {
    let matches: SearchMatches
    let kind: SearchKind
    /// Not `exact`.
    let spelling: SearchSpelling

    /// So many words of a query are mended; the others stay as they are.
    private static let mostWords = 10
    private static let mostPeople = 5
    /// Of so many posts, and as many comments, the words are known at once: the others' are in `search_words`.
    private static let newestCount = 100
    /// Characters of each that are looked at. All together are far below the megabyte that a `tsvector` may have.
    private static let newestLength = 500

    /// One statement. Needs the extension pg_trgm.
    func find(in database: Connection) throws -> SearchSuggestion {
        let (typed, better, people) = try database.one(sql, as: ([String], [String], [String]).self)
        let corrections = Dictionary(zip(typed, better)) { first, _ in first }
        return SearchSuggestion(text: matches.search.corrected(corrections), people: people)
    }

    /// One row: the words to be replaced, in the same order what stands instead, and usernames.
    var sql: SQL {
        // What was typed for a name is no word of the posts.
        let words = kind == .users ? [] : Array(matches.search.wordQueries.prefix(Self.mostWords))
        return """
            WITH \(unknownWords(words)), \(newestWords), \(betterWords)
            SELECT array(SELECT typed FROM better ORDER BY typed), array(SELECT word FROM better ORDER BY typed),
                array(SELECT username FROM (\(people.sql)) AS people)
            """
    }

    /// The typed words that mean something in the language and are in no post and no comment.
    private func unknownWords(_ words: [SearchQuery.WordQuery]) -> SQL {
        let language = matches.language.sql
        return """
            typed AS MATERIALIZED (
                SELECT word, to_tsquery(\(language), exact) AS exact,
                    CASE beginning WHEN '' THEN to_tsquery(\(language), exact)
                        ELSE to_tsquery(\(language), exact) || to_tsquery('simple', beginning) END AS asked
                FROM unnest(
                    \(words.map(\.word))::text[], \(words.map(\.exact))::text[], \(words.map(\.beginning))::text[]
                ) AS words(word, exact, beginning)),
            unknown AS MATERIALIZED (
                SELECT word, \(spelling.form("word")) AS form FROM typed
                WHERE numnode(exact) > 0
                    AND \(Self.isEmpty(matches.posts(matching: "typed.asked").sql))
                    AND \(Self.isEmpty(matches.comments(matching: "typed.asked").sql)))
            """
    }

    /// Whether a query has no row. NOT EXISTS has the planner hope for an early hit and read the table for it, all of
    /// it when there is none. With a limit that it cannot know it takes the index, and still one row is enough.
    private static func isEmpty(_ query: SQL) -> SQL {
        "(SELECT count(*) FROM (SELECT FROM (\(query)) AS matches LIMIT (SELECT 1)) AS first) = 0"
    }

    /// The words of what was written last, which `search_words` may not know yet. Nothing is read without need.
    ///
    /// The texts are taken apart as one, which names each word once, and only then looked at closer.
    private var newestWords: SQL {
        """
        newest AS MATERIALIZED (
            SELECT word, \(spelling.form("word")) AS form
            FROM (
                SELECT unnest(tsvector_to_array(to_tsvector('simple', string_agg(\(Self.wholeWords), ' ')))) AS word
                FROM (\(Self.newestTexts)) AS texts) AS words
            WHERE word ~ '^[[:alpha:]]{3,40}$')
        """
    }

    /// The beginnings of the newest posts and comments, and one character more.
    private static let newestTexts: SQL = """
        (SELECT left(body, \(newestLength + 1)) AS text FROM posts ORDER BY id DESC LIMIT \(newestCount))
        UNION ALL
        SELECT text FROM (
            SELECT left(body, \(newestLength + 1)) AS text, disabled FROM comments
            ORDER BY id DESC LIMIT \(newestCount)) AS c
        WHERE disabled IS NOT TRUE
        """

    /// A beginning without the word that it breaks off in.
    private static let wholeWords: SQL = """
        CASE WHEN length(text) > \(newestLength) THEN regexp_replace(text, '\\w+$', '') ELSE text END
        """

    /// For each unknown word the most similar one that there is and that is no stop word.
    private var betterWords: SQL {
        """
        better AS MATERIALIZED (
            SELECT unknown.word AS typed, best.word FROM unknown CROSS JOIN LATERAL (
                SELECT word FROM (
                    SELECT word, \(spelling.form("word")) AS form, documents FROM search_words
                    WHERE \(spelling.form("word")) % unknown.form
                    UNION ALL
                    SELECT word, form, 1 FROM newest WHERE form % unknown.form) AS known
                WHERE word <> unknown.word AND length(to_tsvector(\(matches.language.sql), word)) > 0
                ORDER BY similarity(form, unknown.form) DESC, documents DESC, word LIMIT 1) AS best)
        """
    }

    /// People called nearly so, or at a place called nearly so; without those whom the search itself finds.
    private var people: Query<User> {
        let name = matches.search.alternatives.flatMap(\.self).filter { !$0.isExcluded }.map(\.text)
            .joined(separator: " ")
        let form = spelling.form("\(name)::text")
        return User.query
            .where { Condition(isSimilar($0, name, form)) }
            .where { Condition("lower(\($0.username)) <> lower(\(name)) AND NOT (\(matches.isPerson($0)))") }
            .order { [.sql("\(similarity($0, name, form)) DESC"), $0.username.ascending] }
            .limit(Self.mostPeople)
    }

    private func isSimilar(_ user: Source<User>, _ name: String, _ form: SQL) -> SQL {
        let names: SQL = """
            \(user.username) % \(name) OR \(name) <% \(user.username)
            OR \(spelling.form(user.name.sql)) % \(form) OR \(form) <% \(spelling.form(user.name.sql))
            """
        // Places have an index in the newer form only.
        return spelling == .folded ? "\(names) OR \(form) <% \(spelling.form(user.location.sql))" : names
    }

    private func similarity(_ user: Source<User>, _ name: String, _ form: SQL) -> SQL {
        """
        greatest(word_similarity(\(name), \(user.username)), word_similarity(\(form), \(spelling.form(user.name.sql))),
            word_similarity(\(form), \(spelling.form(user.location.sql))))
        """
    }
}
