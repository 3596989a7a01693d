import RoostPostgres
import Testing

extension ServerTests {
    @Suite("Associations")
    struct AssociationTests {
        /// What `body` gives, and how many statements it took.
        private func counting<Output>(_ db: Connection, _ body: () throws -> Output) rethrows -> (Output, Int) {
            var statements = 0
            db.observer = { _ in statements += 1 }
            defer { db.observer = nil }
            return (try body(), statements)
        }

        @Test("belongs to, has many, has one, many to many and counts: one statement each for all rows")
        func all() throws {
            try withBlog { (db) throws in
                let query = Article.query.order(\.id.ascending)
                    .including(\.author, \.remarks, \.statistics, \.labels, \.remarkCount, \.openRemarkCount)
                let (articles, statements) = try counting(db) { try query.all(in: db) }
                #expect(statements == 7)
                #expect(articles.map { $0.author.value?.username } == ["john", "john", "susan", nil])
                #expect(
                    try articles.map { try $0.remarks.get().map(\.body).sorted() } == [["a", "b", "c"], [], ["d"], []])
                #expect(articles.map { $0.statistics.value?.likes } == [10, nil, 30, nil])
                #expect(
                    try articles.map { try $0.labels.get().map(\.name).sorted() } == [
                        ["c", "swift"], ["swift"], [], [],
                    ])
                #expect(try articles.map { try $0.remarkCount.get() } == [3, 0, 1, 0])
                #expect(try articles.map { try $0.openRemarkCount.get() } == [2, 0, 1, 0])
                let missing = try #require(throws: RelatedError.self) { try articles[3].author.get() }
                #expect(missing.isLoaded)
                let (_, none) = try counting(db) { try query.where { $0.id > 99 }.all(in: db) }
                #expect(none == 1)
            }
        }

        @Test("a hundred rows take as many statements as one")
        func constant() throws {
            try withBlog { (db) throws in
                let query = Article.query.including(\.author, \.remarkCount)
                    .including(\.remarks) { $0.including(\.replies, \.parent) }
                let one = try counting(db) { try query.where { $0.id == 1 }.all(in: db) }.1
                try db.execute(
                    "INSERT INTO articles (body, author_id) SELECT i, 1 + i % 3 FROM generate_series(1, 100) AS i")
                try db.execute("INSERT INTO remarks (body, article_id) SELECT 'x', id FROM articles")
                let (articles, many) = try counting(db) { try query.all(in: db) }
                #expect(articles.count == 104 && one == 6 && many == 6)
                #expect(try articles.allSatisfy { try $0.remarks.get().count == $0.remarkCount.get() })
            }
        }

        @Test("an association is narrowed down, sorted, limited for each row, and has associations of its own")
        func refined() throws {
            try withBlog { (db) throws in
                let articles = try Article.query.order(\.id.ascending).including(\.remarks) {
                    $0.where { !$0.isHidden }.order(\.id.descending).including(\.parent)
                }.all(in: db)
                let remarks = try articles[0].remarks.get()
                #expect(remarks.map(\.body) == ["c", "a"] && remarks[0].parent.value?.body == "a")
                #expect(remarks[1].parent.isLoaded && remarks[1].parent.value == nil)
                let newest = try Article.query.order(\.id.ascending).including(\.remarks) {
                    $0.order(\.id.descending).limit(1).joining(\.parent)
                }.all(in: db)
                #expect(try newest.map { try $0.remarks.get().map(\.body) } == [["c"], [], ["d"], []])
                #expect(newest[0].remarks.value?.first?.parent.value?.body == "a")
                let second = try Article.query.order(\.id.ascending).including(\.remarks) {
                    $0.order(\.id.ascending)[1..<2]
                }.all(in: db)
                #expect(try second.map { try $0.remarks.get().map(\.body) } == [["b"], [], [], []])
            }
        }

        @Test("records of the same table refer to each other: followers, replies")
        func selfReferential() throws {
            try withBlog { (db) throws in
                let people = try Person.query.order(\.id.ascending).including(\.followed) {
                    $0.order(\.username.ascending)
                }
                .including(\.follows) { $0.order(\.since.descending).including(\.followed) }
                .including(\.role, \.articleCount).all(in: db)
                #expect(try people.map { try $0.followed.get().map(\.username) } == [["mary", "susan"], ["john"], []])
                #expect(try people[0].follows.get().map { $0.followed.value?.username } == ["mary", "susan"])
                #expect(try people[0].follows.get().map(\.since.iso8601).first?.hasPrefix("2026-01-02") == true)
                #expect(people.map { $0.role.value?.name } == ["User", "Admin", nil])
                #expect(people.map { $0.articleCount.value } == [2, 1, 0])
                let remarks = try Remark.query.order(\.id.ascending).including(\.replies) { $0.order(\.id.ascending) }
                    .all(in: db)
                #expect(try remarks[0].replies.get().map(\.body) == ["b", "c"])
            }
        }

        @Test("to-one associations and counts come in the same statement when asked to")
        func joined() throws {
            try withBlog { (db) throws in
                let query = Article.query.joining(\.author).counting(\.remarkCount).order(\.id.ascending)
                let (articles, statements) = try counting(db) { try query.all(in: db) }
                #expect(statements == 1)
                #expect(articles.map { $0.author.value?.username } == ["john", "john", "susan", nil])
                #expect(articles.map { $0.remarkCount.value } == [3, 0, 1, 0])
                #expect(try query.count(in: db) == 4)
                #expect(try query.get(3, in: db)?.author.value?.username == "susan")
                let page = try query.where { $0.author.where { $0.username == "john" }.exists }.paginate(
                    page: 1, perPage: 1, in: db)
                #expect(page.total == 2 && page.items[0].remarkCount.value == 3)
                let children = try Remark.query.joining(\.parent).order(\.id.ascending).all(in: db)
                #expect(children.map { $0.parent.value?.body } == [nil, "a", "a", nil])
            }
        }

        @Test("one record's associations are queries, and are loaded after the fact")
        func ofOne() throws {
            try withBlog { (db) throws in
                var john = try Person.query.where(\.username == "john").one(in: db)
                #expect(try john.query(\.articles).where { $0.views > 0 }.all(in: db).map(\.body) == ["one"])
                #expect(
                    try john.query(\.followed).order(\.username.ascending).all(in: db).map(\.username) == [
                        "mary", "susan",
                    ])
                #expect(try john.query(\.role).one(in: db).name == "User")
                #expect(!john.role.isLoaded)
                try john.load(\.role, \.articleCount, in: db)
                #expect(john.role.value?.name == "User" && john.articleCount.value == 2)
                #expect(try Article.query.where { $0.id == 4 }.one(in: db).query(\.author).all(in: db).isEmpty)
            }
        }

        @Test("a failing association names its call site")
        func failure() throws {
            try withBlog { (db) throws in
                try db.execute("DROP TABLE statistics")
                let error = try #require(throws: QueryError.self) {
                    try Article.query.including(\.statistics).all(in: db)
                }
                #expect(error.sqlState == "42P01" && error.site.file.hasSuffix("AssociationTests.swift"))
            }
        }
    }
}
