import RoostPostgres
import Testing

extension ServerTests {
    @Suite("Writing records")
    struct RecordWritingTests {
        @Test("a row is inserted from some columns, and comes back with its defaults")
        func insertColumns() throws {
            try withBlog { (db) throws in
                let article = try Article.insert(in: db) {
                    $0.body = "new"
                    $0.mood = .wild
                    $0.authorID = 2
                    $0.set(\.views) { _ in SQLExpression("1 + \(2)") }
                }
                #expect(article.id == 5 && article.views == 3 && article.mood == .wild && article.bodyHTML == nil)
                #expect(article.written == Timestamp(iso8601: "2026-01-01T00:00:00Z"))
                #expect(try Article.get(5, in: db) == article)
            }
        }

        @Test("a record is inserted without its generated columns")
        func insertRecord() throws {
            try withBlog { (db) throws in
                let draft = Article(body: "draft", written: Timestamp(unixSeconds: 1_800_000_000), authorID: 1)
                let stored = try draft.insert(in: db)
                #expect(stored.id == 5 && stored.body == "draft" && stored.written == draft.written)
                let error = try #require(throws: QueryError.self) {
                    try Role(name: "User", isDefault: false).insert(in: db)
                }
                #expect(error.isUniqueViolation && error.table == "roles" && error.constraint == "roles_name_key")
                #expect(error.description.contains("RoostPostgresTests/RecordWritingTests.swift:"))
            }
        }

        @Test("conflicts fail, are ignored, or update")
        func conflicts() throws {
            try withBlog { (db) throws in
                let admin = Role(name: "Admin", isDefault: true)
                #expect(try admin.insert(onConflict: .ignore, in: db) == nil)
                #expect(try admin.insert(onConflict: .ignore(on: \.name), in: db) == nil)
                #expect(try Role.get(2, in: db)?.isDefault == false)
                let updated = try admin.upsert(on: \.name, in: db)
                #expect(updated.id == 2 && updated.isDefault)
                #expect(try Role(name: "Guest", isDefault: false).upsert(on: \.name, in: db).name == "Guest")
                let follow = Following(followerID: 1, followedID: 2, since: Timestamp(unixSeconds: 0))
                #expect(try follow.upsert(on: \.followerID, \.followedID, in: db).since == follow.since)
                let label = try Label(name: "swift").upsert(on: \.name, in: db)
                #expect(label.id == 1)
                let person = try Person.insert(onConflict: .update(on: \.username).only(\.email), in: db) {
                    $0.username = "john"
                    $0.email = "new@example.com"
                    $0.roleID = 2
                }
                #expect(person?.email == "new@example.com" && person?.roleID == 1)
            }
        }

        @Test("many records go in together, in few statements, all or none")
        func bulk() throws {
            try withBlog { (db) throws in
                var statements = 0
                db.observer = { event in statements += event.statement.hasPrefix("INSERT") ? 1 : 0 }
                let labels = (1...1000).map { Label(name: "label \($0)") }
                #expect(try Label.insert(labels, in: db) == 1000)
                #expect(statements == 3 + 1 + 1 + 1 + 1)
                #expect(try Label.insert([], in: db) == 0)
                #expect(try Label.insert(labels, onConflict: .ignore, in: db) == 0)
                let again = labels.prefix(3) + [Label(name: "fresh")]
                #expect(try Label.inserted(again, onConflict: .ignore, in: db).map(\.name) == ["fresh"])
                let bad = (1...300).map { Label(name: "more \($0)") } + [Label(name: "swift")]
                #expect(throws: QueryError.self) { try Label.insert(bad, in: db) }
                #expect(try Label.query.where { $0.name.hasPrefix("more") }.count(in: db) == 0)
                let articles = [Article(body: "x", mood: .calm, written: .now), Article(body: "y", written: .now)]
                #expect(try Article.inserted(articles, in: db).map(\.mood) == [.calm, nil])
            }
        }

        @Test("updates of a record, of some of its columns, and of a query's rows")
        func updates() throws {
            try withBlog { (db) throws in
                var article = try #require(try Article.get(1, in: db))
                article.body = "changed"
                article.views = 99
                try article.update(\.body, in: db)
                #expect(try article.refreshed(in: db)?.views == 5)
                try article.update(in: db)
                #expect(try Article.get(1, in: db) == article)
                let count = try Article.query.where { $0.authorID == 1 }.update(in: db) {
                    $0.bodyHTML = nil
                    $0.set(\.views) { $0.views + 1 }
                    $0.set(\.body, sql: "upper(body)")
                }
                #expect(count == 2)
                #expect(try Article.get(1, in: db)?.views == 100)
                #expect(try Article.get(2, in: db)?.body == "TWO")
                let first = try Article.query.order(\.id.descending).limit(1).updated(in: db) { $0.views = 1 }
                #expect(first.map(\.id) == [4])
                #expect(try Article.query.where { $0.id == 1 }.update(in: db) { _ in } == 0)
                let joined = Article.query.join(\.author).where { _, person in person.username == "susan" }
                    .only { article, _ in article }
                #expect(try joined.update(in: db) { $0.views = -1 } == 1)
                #expect(try Article.query(as: "a").where { $0.views == -1 }.update(in: db) { $0.views = -2 } == 1)
                #expect(try Article.get(3, in: db)?.views == -2)
            }
        }

        @Test("an update of a row that is gone is an error, a delete of one is not")
        func gone() throws {
            try withBlog { (db) throws in
                let label = try Label(name: "gone").insert(in: db)
                #expect(try label.delete(in: db))
                #expect(try !label.delete(in: db))
                #expect(try label.refreshed(in: db) == nil)
                let error = try #require(throws: QueryError.self) { try label.update(in: db) }
                #expect(error.code == .noRows && error.table == "labels")
            }
        }

        @Test("deletes of a query's rows, with and without giving them back")
        func deletes() throws {
            try withBlog { (db) throws in
                #expect(try Following.query.where { $0.followerID == 1 && $0.followedID == 3 }.delete(in: db) == 1)
                let oldest = try Following.query.order(\.since.ascending).limit(1).deleted(in: db)
                #expect(oldest.map(\.followedID) == [2])
                // A query on a subquery changes the subquery's rows only.
                let few = Label.query.order(\.id.ascending).limit(1).nested(as: "few")
                try db.execute("DELETE FROM article_labels")
                #expect(try few.update(in: db) { $0.name = "changed" } == 1)
                #expect(try few.delete(in: db) == 1)
                #expect(try Label.query.all(in: db).map(\.name) == ["c"])
                let last = try Following.query.one(in: db)
                #expect(try last.delete(in: db))
                #expect(try Following.query.count(in: db) == 0)
            }
        }

        @Test("a secret is stored and never shown")
        func secrets() throws {
            try withBlog { (db) throws in
                var events: [QueryEvent] = []
                db.observer = { events.append($0) }
                try Person.query.where { $0.id == 1 }.update(in: db) { $0.set(\.email, secret: "hunter2") }
                #expect(try Person.query.where { $0.email == .secret("hunter2") }.exists(in: db))
                #expect(events.allSatisfy { !$0.parameters.contains("hunter2") })
            }
        }
    }
}
