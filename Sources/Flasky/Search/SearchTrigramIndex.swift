internal import RoostPostgres

/// An index by which similar texts are found: as they are written, and in the form without marks.
struct SearchTrigramIndex {
    let name: String
    let table: String
    private let texts: [SQL]

    static let users = SearchTrigramIndex(
        name: "ix_users_trigrams", table: "users",
        texts: ["username", "name", LetterFolding.sql("name"), LetterFolding.sql("location")])
    static let words = SearchTrigramIndex(
        name: "ix_search_words_trigrams", table: "search_words", texts: ["word", LetterFolding.sql("word")])
    static let all = [users, words]

    /// What stands between the parentheses of CREATE INDEX.
    /// - Parameter home: the schema of pg_trgm.
    func columns(_ home: String) -> SQL {
        texts.dropFirst().reduce(column(texts[0], home)) { "\($0), \(column($1, home))" }
    }

    /// Whether it is there, finished and with all columns: an SQL expression. Migration 0009 makes one with fewer.
    var isCurrent: SQL {
        """
        EXISTS (SELECT FROM pg_index
            WHERE indexrelid = to_regclass(\(name)) AND indisvalid AND indnatts = \(texts.count))
        """
    }

    private func column(_ text: SQL, _ home: String) -> SQL { "(\(text)) \(identifier: home).gin_trgm_ops" }
}
