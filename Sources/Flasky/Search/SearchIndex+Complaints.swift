internal import RoostPostgres

extension SearchIndex {
    /// What keeps the search from being fast or from forgiving typing errors; empty when all is well.
    func complaints() throws -> [String] {
        try languageComplaints() + trigramComplaints()
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
