internal import RoostPostgres

extension SearchIndex {
    /// What keeps the search from working, from being fast or from forgiving typing errors; empty when all is well.
    func complaints() throws -> [String] {
        try (isKnown() ? languageComplaints() : [unknownLanguage()]) + trigramComplaints()
    }

    /// Whether the server has the language.
    private func isKnown() throws -> Bool {
        try database.value(
            """
            SELECT EXISTS (
                SELECT FROM pg_ts_config AS c JOIN pg_namespace AS n ON n.oid = cfgnamespace
                WHERE \(language.name) = nspname || '.' || cfgname
                    OR \(language.name) = cfgname AND pg_ts_config_is_visible(c.oid))
            """, as: Bool.self)
    }

    private func unknownLanguage() throws -> String {
        let known = try database.rows(
            "SELECT cfgname::text FROM pg_ts_config WHERE pg_ts_config_is_visible(oid) ORDER BY cfgname",
            as: String.self)
        return "flasky.search_language: PostgreSQL has no text search configuration \(language.name), every search fails: "
            + "set one that pg_ts_config lists (\(known.joined(separator: ", "))), then run flasky search reindex"
    }

    private func languageComplaints() throws -> [String] {
        let names = try indexNames()
        return ["posts", "comments"].map { "ix_\($0)_search_\(language.suffix)" }
            .filter { !names.contains($0) }
            .map { "the index \($0) is missing, searching is slow: run flasky search reindex" }
    }

    private func trigramComplaints() throws -> [String] {
        guard try trigrams() != nil else {
            return [
                "the extension pg_trgm is missing, typing errors are not forgiven: as a superuser or the database's "
                    + "owner run CREATE EXTENSION pg_trgm SCHEMA public, then flasky search reindex"
            ]
        }
        return try SearchTrigramIndex.all.filter { try !isCurrent($0) }
            .map { "the index \($0.name) is missing or older, accents are not forgiven: run flasky search reindex" }
    }
}
