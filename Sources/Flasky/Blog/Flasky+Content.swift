public import Roost
public import RoostPostgres

extension Flasky {
    /// Makes the three roles, or brings them up to date.
    public static func insertRoles(in database: Connection) throws { try Role.insertAll(in: database) }

    /// Adds invented users, posts, comments and follows; the same seed invents the same.
    public static func addFakeContent(
        users: Int, posts: Int, comments: Int, follows: Int, seed: UInt64, in database: Connection
    ) throws {
        var content = FakeContent(database: database, seed: seed)
        try content.add(.init(users: users, posts: posts, comments: comments, follows: follows))
    }

    /// Does what every release needs: migrations, roles, everybody following himself, the indexes of search. Safe to
    /// run again, and by two at once: the second waits.
    /// - Parameters:
    ///   - settings: for the language of the search.
    ///   - migrate: brings the schema to its head.
    ///   - report: told what is done, a line each.
    public static func deploy(
        in database: Connection, settings: Settings, migrate: () throws -> Void, report: (String) -> Void
    ) throws {
        let language = try SearchLanguage(setting: "flasky.search_language", of: settings)
        try withoutActuallyEscaping(report) { report in
            try Deployment(database: database, language: language, report: report).run(migrate: migrate)
        }
    }

    /// Makes the indexes of the search for its language and reads the words for suggestions anew.
    public static func reindexSearch(in database: Connection, settings: Settings, report: (String) -> Void) throws {
        try searchIndex(database, settings).makeCurrent(report)
    }

    /// What keeps the search from being fast or from forgiving typing errors; empty when all is well.
    public static func searchComplaints(in database: Connection, settings: Settings) throws -> [String] {
        try searchIndex(database, settings).complaints()
    }

    private static func searchIndex(_ database: Connection, _ settings: Settings) throws -> SearchIndex {
        SearchIndex(language: try SearchLanguage(setting: "flasky.search_language", of: settings), database: database)
    }
}
