import Foundation
import RoostPostgres
import Testing

@Suite("The article \"Talking to PostgreSQL\"")
struct ArticleTests {
    private static var root: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    @Test("every example is compiled, word for word")
    func examples() throws {
        let article = try Self.text("Sources/RoostPostgres/RoostPostgres.docc/TalkingToPostgreSQL.md")
        let compiled = try Self.text("Tests/RoostPostgresTests/Documentation/ArticleExamples.swift")
        let blocks = article.components(separatedBy: "```swift\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        #expect(blocks.count >= 8)
        for block in blocks { #expect(compiled.contains(block), "not compiled: \(block.prefix(80))") }
    }
}

extension ServerTests {
    @Suite("The article's examples")
    struct ArticleServerTests {
        @Test("do what the article says")
        func examples() throws {
            try TestDatabase.with { db in
                try db.script(
                    unsafe:
                        "CREATE TABLE posts (id int PRIMARY KEY, body text, price numeric, tags text[] DEFAULT '{}')"
                )
                #expect(try load(["short", "the longest"], into: db) == 2)
                #expect(try post(1, in: db)?.1 == "the longest" && post(9, in: db) == nil)
                #expect(try search(["short", "x'; --"], sortedBy: "id", in: db) == [0])
                #expect(try newest(1, in: db) == [Post(id: 1, body: "the longest", price: nil, tags: [])])
                try db.execute("UPDATE posts SET price = 10")
                try move(2, from: 0, to: 1, in: db)
                let prices = try db.rows("SELECT price FROM posts ORDER BY id", as: SQLDecimal.self)
                #expect(prices == [8, 12])
                let isKept = try priceIsKept(in: db)
                #expect(isKept)
                let found = try page(in: db)
                #expect(found.total == 2 && found.posts.count == 2)
                let length = try longest(in: db)
                #expect(length == 11)
                let payloads = try next(on: db)
                #expect(payloads == ["42"])
                let (second, third) = (try add(1, "again", to: db), try add(3, "new", to: db))
                #expect(!second && third)
            }
        }
    }
}
