internal import Roost
internal import RoostDatabase
internal import RoostPostgres
internal import RoostTemplates

extension Flasky {
    /// How many rows a list in the shell has.
    private static let shellRows = 20

    /// What the command `shell` knows of the blog.
    static func addShellValues(to app: App, _ blog: BlogSettings) {
        app.shellValue("users", "the \(shellRows) newest users") { request in
            TemplateValue.objects(
                try User.query.joining(\.role).order(\.id.descending).limit(shellRows).all(in: request.database))
        }
        app.shellValue("posts", "the \(shellRows) newest posts") { request in
            let page = PageRequest(number: 1, perPage: shellRows)
            return TemplateValue.objects(try Post.newest(page, of: PostCount(), in: request.database).items)
        }
        app.shellValue("comments", "the \(shellRows) newest comments") { request in
            TemplateValue.objects(
                try Comment.query.joining(\.author).order(\.id.descending).limit(shellRows).all(in: request.database))
        }
        app.shellValue("user", "user('john') or user(7); None when there is no such user") { request in
            function("user") { call in
                try user(call.argument(0, "name"), request).map { .object($0) } ?? TemplateValue.none
            }
        }
        app.shellValue("post", "post(7); None when there is no such post") { request in
            function("post") { call in
                guard case .int(let id)? = call.argument(0, "id") else { throw TemplateError("post() takes a number") }
                return try Post.find(id, in: request.database).map { .object($0) } ?? TemplateValue.none
            }
        }
        app.shellValue("search", "search('swift'): the ids of the best posts") { request in
            function("search") { call in
                let query = SearchQuery(call.argument(0, "text")?.stringValue ?? "")
                let matches = SearchMatches(search: query, language: blog.searchLanguage, seesDisabled: false)
                guard !query.isEmpty else { return .array([]) }
                let posts = matches.posts(on: PageRequest(number: 1, perPage: shellRows)).limit(shellRows)
                return .array(try posts.all(in: request.database).map { .int($0.id) })
            }
        }
    }

    private static func function(
        _ name: String, _ body: @escaping (TemplateCall) throws -> TemplateValue
    ) -> TemplateValue {
        .function(TemplateFunction(name, body))
    }

    private static func user(_ key: TemplateValue?, _ request: Request) throws -> User? {
        switch key {
        case .int(let id)?: return try User.find(id, in: request.database)
        case .string(let name)?: return try User.find(username: name, in: request.database)
        default: throw TemplateError("user() takes a name or a number")
        }
    }
}

// What a list of them prints in the shell.
extension User { var templateText: String { "<User \(id) \(username)>" } }
extension Post { var templateText: String { "<Post \(id) by \(author.value?.username ?? "nobody")>" } }
extension Comment { var templateText: String { "<Comment \(id) on post \(postID)>" } }
