internal import ArgumentParser
internal import Roost
internal import RoostCommands
internal import RoostDatabase
internal import RoostHTTP
internal import RoostPostgres
internal import RoostTemplates

/// The three pages that every peer serves, on our stack: plain text, JSON of 20 posts, HTML of 20 posts.
enum BenchmarkApp: Application {
    static let name = "roost-bench"
    static let commands: [any ParsableCommand.Type] = [RunCommand.self, QueryCommand.self]

    static func makeApp(_ settings: Settings) throws -> App {
        let app = App(name, settings: settings)
        try app.useDatabase(settings)
        app.useTemplates(
            in: try ResourceFolder.find(
                "Templates", in: "roost_roost-bench.resources", setting: "templates.folder", settings))
        try app.get("/hello", endpoint: "hello") { (_: Request) in Response.text("Hello, World!") }
        try app.get("/api/posts", endpoint: "api_posts") { (request: Request) in
            Response.json(try PostsJSON.bytes(BenchmarkPost.newest(request.database)))
        }
        try app.get("/page", endpoint: "page") { (request: Request) in
            let posts = try BenchmarkPost.newest(request.database)
            return try request.render("index.html", ["posts": posts, "user": TemplateValue.none])
        }
        return app
    }
}

/// One of the 20 newest posts, with what the pages show of its author.
struct BenchmarkPost: RowDecodable, TemplateObject {
    let id: Int
    let username: String
    let timestamp: Timestamp
    let body: String
    let avatarHash: String

    /// Posts for measurements without a database.
    static func invented(_ count: Int) -> [BenchmarkPost] {
        (1...count).map { number in
            BenchmarkPost(
                id: number, username: "user\(number)", timestamp: Timestamp(unixSeconds: 1_700_000_000 + Int64(number)),
                body: "Post \(number) *says* & 1 < 2: " + String(repeating: "one more word ", count: 12),
                avatarHash: "0123456789abcdef0123456789abcdef")
        }
    }

    private init(id: Int, username: String, timestamp: Timestamp, body: String, avatarHash: String) {
        self.id = id
        self.username = username
        self.timestamp = timestamp
        self.body = body
        self.avatarHash = avatarHash
    }

    init(row: Row) throws {
        id = try row[0]
        username = try row[1]
        timestamp = try row[2]
        body = try row[3]
        avatarHash = try row[4]
    }

    static func newest(_ database: Connection) throws -> [BenchmarkPost] {
        try database.rows(
            """
            SELECT p.id, u.username, p.timestamp, p.body, u.avatar_hash
            FROM posts p JOIN users u ON u.id = p.author_id ORDER BY p.timestamp DESC LIMIT 20
            """, as: BenchmarkPost.self)
    }

    func member(_ name: String) -> TemplateValue? {
        switch name {
        case "id": .int(id)
        case "body": .string(body)
        case "timestamp": .object(TimeView(time: timestamp))
        case "author": .object(AuthorView(username: username, avatarHash: avatarHash))
        default: nil
        }
    }
}

private struct AuthorView: TemplateObject {
    let username: String
    let avatarHash: String

    func member(_ name: String) -> TemplateValue? {
        switch name {
        case "username": .string(username)
        case "avatar_hash": .string(avatarHash)
        default: nil
        }
    }
}

/// A time that answers `isoformat()`, as Python's does.
private struct TimeView: TemplateObject {
    let time: Timestamp

    func member(_ name: String) -> TemplateValue? {
        guard name == "isoformat" else { return nil }
        return .function(TemplateFunction("isoformat") { [time] _ in .string(time.isoformat) })
    }
}

/// The JSON that the C peer writes, byte for byte.
enum PostsJSON {
    static func bytes(_ posts: [BenchmarkPost]) -> [UInt8] {
        var json = JSONWriter(capacity: 8192)
        json.beginObject()
        json.key("posts")
        json.beginArray()
        for post in posts {
            json.beginObject()
            json.field("id", post.id)
            json.field("author", post.username)
            json.field("timestamp", post.timestamp.isoformat)
            json.field("body", post.body)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        json.endLine()
        return json.bytes
    }
}
