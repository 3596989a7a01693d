internal import RoostPostgres

/// The indexes that search reads: made for one language, and by what an administrator may have changed meanwhile.
struct SearchIndex {
    let language: SearchLanguage
    let database: Connection

    /// Makes the indexes that are missing, without stopping anybody, drops those of other languages, and reads the
    /// words for suggestions anew. Does nothing twice.
    /// - Parameter report: told what is done, a line each.
    /// - Throws: `QueryError`, such as for a language that the server does not have. Not inside a transaction.
    func makeCurrent(_ report: (String) -> Void) throws {
        try database.execute("SELECT \(language.sql)::regconfig")
        for table in ["posts", "comments"] {
            let vector: SQL = "(to_tsvector(\(language.sql), left(body, 50000)))"
            try make("ix_\(table)_search_\(language.suffix)", on: table, vector, report)
        }
        try dropOthers(report)
        try makeTrigrams(report)
        try database.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY search_words")
        let words = try database.value("SELECT count(*) FROM search_words", as: Int.self)
        report("\(words) words are known for suggestions")
    }

    private func makeTrigrams(_ report: (String) -> Void) throws {
        guard let home = try trigrams() else { return }
        for index in SearchTrigramIndex.all where try !isCurrent(index) {
            let next = index.name + "_next"
            try database.execute("DROP INDEX IF EXISTS \(identifier: next)")
            try database.execute(
                """
                CREATE INDEX CONCURRENTLY \(identifier: next) ON \(identifier: index.table)
                USING gin (\(index.columns(home)))
                """)
            // The one of an older version, which serves until here.
            try database.execute("DROP INDEX CONCURRENTLY IF EXISTS \(identifier: index.name)")
            try database.execute("ALTER INDEX \(identifier: next) RENAME TO \(identifier: index.name)")
            report("made the index \(index.name)")
        }
    }

    private func make(_ name: String, on table: String, _ expression: SQL, _ report: (String) -> Void) throws {
        guard try !indexNames().contains(name) else { return }
        // One that broke off is there and of no use.
        try database.execute("DROP INDEX IF EXISTS \(identifier: name)")
        try database.execute(
            "CREATE INDEX CONCURRENTLY \(identifier: name) ON \(identifier: table) USING gin \(expression)")
        report("made the index \(name)")
    }

    private func dropOthers(_ report: (String) -> Void) throws {
        let own = ["posts", "comments"].map { "ix_\($0)_search_\(language.suffix)" }
        for name in try indexNames() where name.hasPrefix("ix_posts_search_") || name.hasPrefix("ix_comments_search_") {
            guard !own.contains(name) else { continue }
            try database.execute("DROP INDEX CONCURRENTLY IF EXISTS \(identifier: name)")
            report("dropped the index \(name)")
        }
    }

    /// The schema of the extension for similar words; nil when it is not there.
    func trigrams() throws -> String? {
        try database.first(
            """
            SELECT nspname FROM pg_extension JOIN pg_namespace AS n ON n.oid = extnamespace WHERE extname = 'pg_trgm'
            """, as: String.self)
    }

    /// Whether an index is there, finished and with all columns.
    func isCurrent(_ index: SearchTrigramIndex) throws -> Bool {
        try database.value("SELECT \(index.isCurrent)", as: Bool.self)
    }

    /// The finished indexes of the blog's own tables.
    func indexNames() throws -> Set<String> {
        Set(
            try database.rows(
                """
                SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
                WHERE indisvalid AND indrelid IN (
                    to_regclass('posts'), to_regclass('comments'), to_regclass('users'), to_regclass('search_words'))
                """, as: String.self))
    }
}
