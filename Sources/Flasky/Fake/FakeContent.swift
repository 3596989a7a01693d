internal import RoostMarkup
internal import RoostPostgres
internal import RoostSigning

/// Fills a database with invented users, posts, comments and follows. The same seed makes the same content.
struct FakeContent {
    /// How much to invent.
    struct Amounts {
        var users: Int
        var posts: Int
        var comments: Int
        var follows: Int
    }

    /// Everybody's password.
    static let password = "password"

    private let database: Connection
    private var text: FakeText
    private let now: Timestamp
    private static let day: Int64 = 86_400

    init(database: Connection, seed: UInt64, now: Timestamp = .now) {
        self.database = database
        self.text = FakeText(seed: seed)
        self.now = now
    }

    /// Adds everything, or nothing when one part fails.
    /// - Throws: `QueryError`; `FakeError` when there would be posts without anybody to write them.
    mutating func add(_ amounts: Amounts) throws {
        try database.transaction {
            try addUsers(amounts.users)
            let people = try database.rows("SELECT id FROM users ORDER BY id", as: Int.self)
            guard !people.isEmpty || amounts.posts + amounts.comments + amounts.follows == 0 else { throw FakeError() }
            try addPosts(amounts.posts, people)
            try addComments(amounts.comments, people)
            try addFollows(amounts.follows, people)
        }
        // The planner has never seen these rows; without this the first pages are planned for empty tables.
        for table in ["users", "posts", "comments", "follows"] { try database.execute("ANALYZE \(identifier: table)") }
        // Nor has the search seen these words.
        try database.execute("REFRESH MATERIALIZED VIEW search_words")
    }

    private mutating func addUsers(_ count: Int) throws {
        // One hash for all: the password is public anyway, and hashing it a hundred times would take a minute.
        let hash = try PasswordHash.make(Self.password, method: PasswordPolicy.standard.method)
        var left = count
        while left > 0 {
            let drafts = (0..<left).map { _ in UserDraft(&text, now) }
            left -= try insert(drafts, hash)
        }
    }

    /// - Returns: how many were new; a name that exists already is left alone and drawn again.
    private func insert(_ drafts: [UserDraft], _ hash: String) throws -> Int {
        let ids = try database.rows(
            """
            INSERT INTO users (email, username, password_hash, confirmed, name, location, about_me, member_since, last_seen,
              avatar_hash, role_id)
            SELECT email, username, \(hash), true, name, location, about_me, member_since, last_seen, md5(email),
              (SELECT id FROM roles WHERE "default")
            FROM unnest(\(drafts.map(\.email))::text[], \(drafts.map(\.username))::text[], \(drafts.map(\.name))::text[],
              \(drafts.map(\.city))::text[], \(drafts.map(\.about))::text[], \(drafts.map(\.since))::timestamp[],
              \(drafts.map(\.seen))::timestamp[]) AS d(email, username, name, location, about_me, member_since, last_seen)
            ON CONFLICT DO NOTHING RETURNING id
            """, as: Int.self)
        try database.execute(
            "INSERT INTO follows (follower_id, followed_id, timestamp) SELECT id, id, \(now)::timestamp FROM unnest(\(ids)::int[]) AS id")
        return ids.count
    }

    private mutating func addPosts(_ count: Int, _ people: [Int]) throws {
        let bodies = (0..<count).map { _ in text.post() }
        let times = (0..<count).map { _ in past(days: 365) }
        let authors = (0..<count).map { _ in text.pick(people) }
        try database.execute(
            """
            INSERT INTO posts (body, body_html, timestamp, author_id)
            SELECT * FROM unnest(\(bodies)::text[], \(bodies.map(Markdown.post))::text[], \(times)::timestamp[], \(authors)::int[])
            """)
    }

    private mutating func addComments(_ count: Int, _ people: [Int]) throws {
        guard count > 0 else { return }
        let posts = try database.rows("SELECT id, timestamp FROM posts ORDER BY id", as: (Int, Timestamp).self)
        guard !posts.isEmpty else { throw FakeError() }
        let targets = (0..<count).map { _ in text.pick(posts) }
        let bodies = (0..<count).map { _ in text.comment() }
        let times = targets.map { post in between(post.1) }
        let authors = (0..<count).map { _ in text.pick(people) }
        try database.execute(
            """
            INSERT INTO comments (body, body_html, timestamp, disabled, author_id, post_id)
            SELECT body, html, timestamp, false, author, post
            FROM unnest(\(bodies)::text[], \(bodies.map(Markdown.comment))::text[], \(times)::timestamp[],
              \(authors)::int[], \(targets.map(\.0))::int[]) AS d(body, html, timestamp, author, post)
            """)
    }

    private mutating func addFollows(_ count: Int, _ people: [Int]) throws {
        // No more pairs than there are.
        let possible = people.count * (people.count - 1)
        var pairs: Set<[Int]> = []
        while pairs.count < min(count, possible) {
            let pair = [text.pick(people), text.pick(people)]
            if pair[0] != pair[1] { pairs.insert(pair) }
        }
        let ordered = pairs.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
        let times = ordered.map { _ in past(days: 300) }
        try database.execute(
            """
            INSERT INTO follows (follower_id, followed_id, timestamp)
            SELECT * FROM unnest(\(ordered.map { $0[0] })::int[], \(ordered.map { $0[1] })::int[], \(times)::timestamp[]) ON CONFLICT DO NOTHING
            """)
    }

    private mutating func past(days: Int) -> Timestamp {
        now.adding(seconds: -Int64(text.number(60...days * Int(Self.day))))
    }

    /// A moment after `start` and before now.
    private mutating func between(_ start: Timestamp) -> Timestamp {
        let span = Int(now.unixSeconds - start.unixSeconds)
        return start.adding(seconds: Int64(text.number(1...max(1, min(span, 14 * Int(Self.day))))))
    }
}

/// Posts, comments and follows need somebody to belong to.
struct FakeError: Error, CustomStringConvertible {
    let description = "there are no users or posts to invent content for; ask for some users and posts first"
}

/// One invented user.
private struct UserDraft {
    let username: String
    let name: String
    let email: String
    let city: String
    let about: String
    let since: Timestamp
    let seen: Timestamp

    init(_ text: inout FakeText, _ now: Timestamp) {
        let person = text.person()
        username = "\(person.first)_\(person.last)\(text.number(1...99))".lowercased()
        name = "\(person.first) \(person.last)"
        email = "\(username)@example.com"
        city = text.city()
        about = text.sentence()
        since = now.adding(seconds: -Int64(text.number(400...1200)) * 86_400)
        seen = now.adding(seconds: -Int64(text.number(60...20 * 86_400)))
    }
}
