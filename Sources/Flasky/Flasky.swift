public import Roost
internal import RoostDatabase
public import RoostPostgres

/// The social blog of the book "Flask Web Development".
public enum Flasky {
    /// The blog's own settings, beside the standard ones.
    public static let settings = [
        Setting("flasky.posts_per_page", .count(1...1000), "20", "posts on a page"),
        Setting("flasky.comments_per_page", .count(1...1000), "30", "comments on a page"),
        Setting("flasky.followers_per_page", .count(1...1000), "50", "followers on a page"),
    ]

    /// Builds the app: routes, templates, error pages.
    /// - Throws: `SettingError`, `SetupError`, `TemplateError` with file and line.
    public static func makeApp(_ settings: Settings) throws -> App {
        let app = App("flasky", settings: settings)
        try app.useDatabase(settings)
        app.useTemplates(
            in: try ResourceFolder.find("Templates", in: "roost_Flasky.resources", setting: "templates.folder", settings))
        let files = StaticFolder(
            try ResourceFolder.find("Static", in: "roost_Flasky.resources", setting: "static.folder", settings))
        try app.get("/static/<path:filename>", endpoint: "static") { (request: Request, filename: String) in
            try files.response(for: filename, to: request)
        }
        try app.register(makeMainBlueprint(settings))
        try app.register(makeAPIBlueprint(settings), prefix: "/api/v1")
        try addErrorPages(to: app)
        return app
    }

    /// Makes the three roles, or brings them up to date.
    public static func insertRoles(in database: Connection) throws { try Role.insertAll(in: database) }

    /// Adds invented users, posts, comments and follows; the same seed invents the same.
    public static func addFakeContent(
        users: Int, posts: Int, comments: Int, follows: Int, seed: UInt64, in database: Connection
    ) throws {
        var content = FakeContent(database: database, seed: seed)
        try content.add(.init(users: users, posts: posts, comments: comments, follows: follows))
    }
}
