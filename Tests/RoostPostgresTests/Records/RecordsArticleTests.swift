import Foundation
import RoostPostgres
import Testing

/// The examples of the article "Records and queries", compiled and run.
private enum Blog {
    struct User: Record, Identifiable {
        var id = 0
        var username: String
        var email: String?
        var posts = Related<[Post]>()
        var followed = Related<[User]>()

        struct Fields: RecordFields {
            let id = Column(\User.id, .generated)
            let username = Column(\User.username)
            let email = Column(\User.email)
            let posts = HasMany(\User.posts, \Post.authorID)
            let followed = ManyToMany(\User.followed, through: \Follow.followerID, \Follow.followedID)
        }
        static let table = Table<User>("users")
    }

    struct Post: Record, Identifiable {
        var id = 0
        var body: String
        var views = 0
        var timestamp: Timestamp
        var authorID: Int
        var author = Related<User>()
        var commentCount = Related<Int>()

        struct Fields: RecordFields {
            let id = Column(\Post.id, .generated)
            let body = Column(\Post.body)
            let views = Column(\Post.views)
            let timestamp = Column(\Post.timestamp, "written_at")
            let authorID = Column(\Post.authorID)
            let author = BelongsTo(\Post.author, \Post.authorID)
            let commentCount = RowCount(\Post.commentCount, of: \Comment.postID)
        }
        static let table = Table<Post>("posts")
    }

    struct Comment: Record, Identifiable {
        var id = 0
        var postID: Int

        struct Fields: RecordFields {
            let id = Column(\Comment.id, .generated)
            let postID = Column(\Comment.postID)
        }
        static let table = Table<Comment>("comments")
    }

    struct Follow: Record {
        var followerID: Int
        var followedID: Int

        struct Fields: RecordFields {
            let followerID = Column(\Follow.followerID, .key)
            let followedID = Column(\Follow.followedID, .key)
        }
        static let table = Table<Follow>("follows")
    }

    struct Tag: Record, Identifiable {
        var id: Int
        var name: String

        init(row: inout RecordReader) throws {
            id = try row.next()
            name = try row.next(ifNull: "")
        }

        struct Fields: RecordFields {
            let id = Column(\Tag.id, .generated)
            let name = Column(\Tag.name)
        }
        static let table = Table<Tag>("tags")
    }

    static let schema = """
        CREATE TABLE users (id serial PRIMARY KEY, username text UNIQUE, email text);
        CREATE TABLE posts (id serial PRIMARY KEY, body text NOT NULL, views int NOT NULL DEFAULT 0,
            written_at timestamptz NOT NULL DEFAULT now(), author_id int NOT NULL REFERENCES users);
        CREATE TABLE comments (id serial PRIMARY KEY, post_id int REFERENCES posts);
        CREATE TABLE follows (follower_id int REFERENCES users, followed_id int REFERENCES users,
            PRIMARY KEY (follower_id, followed_id));
        CREATE TABLE tags (id serial PRIMARY KEY, name text);
        INSERT INTO users (username, email) VALUES ('john', 'john@example.com'), ('susan', NULL);
        INSERT INTO follows VALUES (1, 2);
        INSERT INTO posts (body, views, author_id) SELECT 'about swift ' || i, i, 1 + i % 2 FROM generate_series(0, 60) i;
        INSERT INTO comments (post_id) SELECT 7 FROM generate_series(1, 11);
        INSERT INTO tags (name) VALUES (NULL);
        """

    static func find(_ name: String, _ database: Connection) throws {
        let post = try Post.get(7, in: database)
        guard let user = try User.query.where(\.username == name).first(in: database) else { return }
        let recent = try Post.query
            .where { $0.authorID == user.id && ($0.views > 100 || $0.body.contains("swift")) }
            .order(\.timestamp.descending, \.id.descending)
            .limit(10)
            .all(in: database)
        let isTaken = try User.query.where { $0.email == "john@example.com" }.exists(in: database)
        let orphans = try Post.query.where { !$0.authorID.isIn([1, 2, 3]) }.count(in: database)
        #expect(post?.views == 6 && recent.count == 10 && isTaken && orphans == 0)
    }

    static func pages(_ wanted: String?, _ database: Connection) throws {
        let page = try Post.query.order(\.id.descending).paginate(page: 3, perPage: 20, in: database)
        let bar = page.numbers().map { $0.map(String.init) ?? "…" }
        #expect(page.total == 61 && page.items.first?.id == 21 && bar == ["1", "2", "3", "4"])
        let keys: SortKeys<Post> = ["newest": \.timestamp.descending, "popular": \.views.descending]
        let sorted = try Post.query.order(by: wanted, of: keys, default: "newest").all(in: database)
        #expect(sorted.first?.views == 60)
    }

    static func associations(_ user: User, _ database: Connection) throws {
        let posts = try Post.query.including(\.author, \.commentCount).all(in: database)
        for post in posts { print(try post.author.get().username, try post.commentCount.get()) }
        let lines = try Post.query.joining(\.author).counting(\.commentCount).limit(20).all(in: database)
        let people = try User.query
            .including(\.posts) { $0.where { $0.views > 0 }.order(\.id.descending).limit(3).including(\.commentCount) }
            .including(\.followed)
            .all(in: database)
        let newest = try user.query(\.posts).order(\.id.descending).first(in: database)
        let discussed = try Post.query.where { $0.commentCount > 10 }.order(\.commentCount.descending).all(in: database)
        let followers = try User.query.where { $0.followed.where { $0.username == "susan" }.exists }.all(in: database)
        #expect(posts.count == 61 && lines.count == 20 && newest?.id == 61)
        #expect(people.map { $0.posts.value?.count } == [3, 3] && people[0].followed.value?.first?.username == "susan")
        #expect(discussed.map(\.id) == [7] && followers.map(\.username) == ["john"])
    }

    static func joins(_ user: User, _ database: Connection) throws {
        let pairs = try Post.query
            .join(\.author)
            .where { post, author in post.views > 0 && author.email.isNotNull }
            .all(in: database)
        let counts = try User.query
            .leftJoin(Post.self) { user, post in post.authorID == user.id }
            .group { user, _ in user.username }
            .having { _, post in post.id.count > 1 }
            .select { user, post in (user.username, post.id.count.labelled("posts"), post.views.sum) }
            .order(.label("posts", descending: true))
            .all(in: database)
        let followed = Follow.query.where { $0.followerID == user.id }.select(\.followedID)
        let timeline = try Post.query.where { $0.authorID.isIn(followed) }.all(in: database)
        let mean = Post.query(as: "other").select { $0.views.average }.scalar(as: Int.self)
        let popular = try Post.query.where { $0.views > mean }.all(in: database)
        #expect(pairs.count == 30 && counts.map(\.1) == [31, 30] && counts.map(\.2) == [930, 900])
        #expect(timeline.count == 30 && popular.count == 30)
    }

    static func write(_ user: User, _ database: Connection) throws {
        let post = try Post.insert(in: database) {
            $0.body = "Hello"
            $0.authorID = user.id
        }
        let draft = Post(body: "Later", timestamp: .now, authorID: user.id)
        var stored = try draft.insert(in: database)
        stored.body = "Now"
        try stored.update(\.body, in: database)
        try Post.query.where { $0.id == stored.id }.update(in: database) { $0.set(\.views) { $0.views + 1 } }
        try Post.insert([draft, draft], in: database)
        try User(username: "john", email: "new@example.com").upsert(on: \.username, in: database)
        try Follow(followerID: 1, followedID: 2).insert(onConflict: .ignore, in: database)
        let removed = try Post.query.where { $0.views == 0 }.deleted(in: database)
        #expect(try stored.refreshed(in: database)?.views == 1)
        try stored.delete(in: database)
        #expect(removed.map(\.body) == ["about swift 0", "Hello", "Later", "Later"] && removed[1].id == post.id)
    }

    static func halfWay(_ database: Connection) throws {
        let long = try Post.query.where("length(body) > \(100)").order("random()").all(in: database)
        let loud = try Post.query.where { SQLExpression("\($0.body) ~ \("^[A-Z ]+$")") }.all(in: database)
        let rows = try database.rows("SELECT count(*) FROM (\(Post.query.sql)) AS p WHERE p.views > \(5)", as: Int.self)
        print(Post.query.limit(5).sql.text)
        #expect(long.isEmpty && loud.isEmpty && rows == [55])
        #expect(try Tag.query.one(in: database).name == "")
    }
}

extension ServerTests {
    @Suite("The article on records")
    struct RecordsArticleTests {
        @Test("its examples do what it says")
        func examples() throws {
            try TestDatabase.with { db in
                try db.script(unsafe: Blog.schema)
                let user = try Blog.User.query.where(\.username == "john").one(in: db)
                try Blog.find("john", db)
                try Blog.pages("popular", db)
                try Blog.associations(user, db)
                try Blog.joins(user, db)
                try Blog.halfWay(db)
                try Blog.write(user, db)
            }
        }
    }
}

@Suite("The article on records, as text")
struct RecordsArticleTextTests {
    @Test("every line of its examples is a line of this file")
    func compiled() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let article = try String(
            contentsOf: root.appendingPathComponent("Sources/RoostPostgres/RoostPostgres.docc/Records.md"),
            encoding: .utf8)
        func trimmed(_ text: Substring) -> String { text.trimmingCharacters(in: .whitespaces) }
        let known = Set(try String(contentsOfFile: #filePath, encoding: .utf8).split(separator: "\n").map(trimmed))
        let blocks = article.components(separatedBy: "```swift\n").dropFirst()
            .compactMap { $0.components(separatedBy: "```").first }
        let lines = blocks.flatMap { $0.split(separator: "\n").map(trimmed) }
        #expect(blocks.count == 9 && lines.count > 80)
        #expect(lines.filter { !known.contains($0) } == [])
    }
}
