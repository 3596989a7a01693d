import RoostPostgres

// The examples of the article "Talking to PostgreSQL", word for word; `ArticleTests` compares them and runs them.

func post(_ id: Int, in db: Connection) throws -> (Int, String)? {
    try db.first("SELECT id, body FROM posts WHERE id = \(id)", as: (Int, String).self)
}

func search(_ words: [String], sortedBy column: String, in db: Connection) throws -> [Int] {
    let condition: SQL = "body = ANY(\(words))"
    return try db.rows("SELECT id FROM posts WHERE \(condition) ORDER BY \(identifier: column)", as: Int.self)
}

struct Post: Codable, Equatable {
    var id: Int
    var body: String
    var price: SQLDecimal?
    var tags: [String]
}

func newest(_ count: Int, in db: Connection) throws -> [Post] {
    try db.rows("SELECT id, body, price, tags FROM posts ORDER BY id DESC LIMIT \(count)", as: Post.self)
}

func move(_ amount: SQLDecimal, from: Int, to: Int, in db: Connection) throws {
    try db.transaction(isolation: .serializable, retries: 3) {
        try db.execute("UPDATE posts SET price = price - \(amount)::numeric WHERE id = \(from)")
        try db.execute("UPDATE posts SET price = price + \(amount)::numeric WHERE id = \(to)")
    }
}

func priceIsKept(in db: Connection) throws -> Bool {
    try db.withSandbox {
        try db.execute("INSERT INTO posts (id, price) VALUES (100, 7), (101, 0)")
        try move(7, from: 100, to: 101, in: db)
        return try db.value("SELECT price FROM posts WHERE id = 101") == (7 as SQLDecimal)
    }
}

func page(in db: Connection) throws -> (posts: [Post], total: Int) {
    let (posts, total) = try db.batch { batch in
        (
            batch.rows("SELECT id, body, price, tags FROM posts ORDER BY id LIMIT 20", as: Post.self),
            batch.value("SELECT count(*) FROM posts", as: Int.self)
        )
    }
    return (posts, total)
}

func load(_ bodies: [String], into db: Connection) throws -> Int {
    try db.copy(into: "posts (id, body)", rows: bodies.enumerated().map { ($0.offset, $0.element) })
}

func longest(in db: Connection) throws -> Int {
    var longest = 0
    try db.copy(from: "SELECT id, body FROM posts", as: Int.self, String.self) { rows in
        for (_, body) in rows { longest = max(longest, body.utf8.count) }
    }
    return longest
}

func next(on db: Connection) throws -> [String] {
    try db.listen(to: "posts")
    try db.notify("posts", payload: "42")
    return try db.notifications(timeout: .seconds(5)).map(\.payload)
}

func add(_ id: Int, _ body: String, to db: Connection) throws -> Bool {
    do {
        try db.execute("INSERT INTO posts (id, body) VALUES (\(id), \(body))")
        return true
    } catch let error as QueryError where error.isUniqueViolation {
        return false
    }
}
