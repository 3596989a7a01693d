import RoostPostgres
import Testing

private struct Summary: Decodable, Equatable {
    var username: String
    var articles: Int
}

/// A record whose column has another type in the database.
private struct WrongPerson: Record {
    var id: Int
    var username: Int

    struct Fields: RecordFields {
        let id = Column(\WrongPerson.id)
        let username = Column(\WrongPerson.username)
    }
    static let table = Table<WrongPerson>("people")
}

/// A record with a property that `Fields` forgot.
private struct ForgetfulPerson: Record {
    var id: Int
    var username: String

    struct Fields: RecordFields {
        let id = Column(\ForgetfulPerson.id)
    }
    static let table = Table<ForgetfulPerson>("people")
}

/// A record with a column that the table does not have.
private struct ImaginaryPerson: Record {
    var id: Int
    var shoeSize: Int

    struct Fields: RecordFields {
        let id = Column(\ImaginaryPerson.id)
        let shoeSize = Column(\ImaginaryPerson.shoeSize)
    }
    static let table = Table<ImaginaryPerson>("people")
}

extension ServerTests {
    @Suite("Reading records")
    struct RecordQueryTests {
        @Test("all, first, one, get, count and exists")
        func basics() throws {
            try withBlog { (db) throws in
                let people = try Person.query.order(\.username.ascending).all(in: db)
                #expect(people.map(\.username) == ["john", "mary", "susan"])
                #expect(people.map(\.email) == ["john@example.com", "mary@example.com", nil])
                #expect(try Person.query.order(\.id.descending).first(in: db)?.username == "mary")
                #expect(try Person.query.where { $0.id > 99 }.first(in: db) == nil)
                #expect(try Person.query.where(\.username == "susan").one(in: db).id == 2)
                #expect(try Person.get(2, in: db)?.username == "susan")
                #expect(try Person.get(99, in: db) == nil)
                #expect(try Person.query.count(in: db) == 3)
                #expect(try Person.query.where(\.email != nil).count(in: db) == 2)
                #expect(try Person.query.limit(2).count(in: db) == 2)
                #expect(try Article.query.distinct { $0.authorID }.count(in: db) == 3)
                #expect(try Person.query.where { $0.username.ilike("JO%") }.exists(in: db))
                #expect(try !Person.query.where { $0.username.like("JO%") }.exists(in: db))
                let article = try #require(try Article.get(2, in: db))
                #expect(article.mood == .wild && article.written == Timestamp(iso8601: "2026-01-02T00:00:00Z"))
                #expect(try Label.query.order(\.name.ascending).all(in: db).map(\.name) == ["c", "swift"])
            }
        }

        @Test("one refuses no row and several, with table and call site")
        func one() throws {
            try withBlog { (db) throws in
                let none = try #require(throws: QueryError.self) { try Person.query.where { $0.id > 99 }.one(in: db) }
                #expect(none.code == .noRows && none.table == "people")
                #expect(none.description.contains("RoostPostgresTests/RecordQueryTests.swift:"))
                let many = try #require(throws: QueryError.self) { try Person.query.one(in: db) }
                #expect(many.code == .tooManyRows)
                let keyless = try #require(throws: QueryError.self) {
                    try Following.query.where { $0.followerID == 1 }.delete(in: db)
                    try Following.query.limit(1).delete(in: db)
                    _ = try Statistics.query.group { $0.likes }.delete(in: db)
                }
                #expect(keyless.description.contains("grouped query"))
            }
        }

        @Test("filters find what they say")
        func filters() throws {
            try withBlog { (db) throws in
                func find(_ bodies: String..., where condition: (Source<Article>) -> Condition) throws {
                    let found = try Article.query.where(condition).order(\.id.ascending).all(in: db)
                    #expect(found.map(\.body) == bodies)
                }
                try find("one", "three") { $0.id.isIn([1, 3]) }
                try find { $0.id.isIn([]) }
                try find("two", "four") { $0.id.isNotIn([1, 3]) }
                try find("one", "two", "three", "four") { $0.id.isNotIn([]) }
                try find("three") { $0.authorID.isIn([2, 9]) }
                try find("four") { $0.authorID == nil }
                try find("one", "three") { $0.mood == .calm || $0.views >= 7 }
                try find("one", "three") { !($0.views == 0) && $0.body.hasSuffix("e") }
                try find("one", "four") { $0.views.between(1, and: 5) }
                try find("one", "two") { $0.mood.isIn([.calm, .wild]) }
                try find("three", "four") { $0.authorID.differs(from: 1) }
                try find("three", "four") { $0.written > Timestamp(iso8601: "2026-01-02T12:00:00Z") ?? .now }
                try find("one", "three") { $0.views * 2 > $0.id + 8 }
                try find("two", "three") { SQLExpression("\($0.body) ~ \("^t")") }
            }
        }

        @Test("orders, slices, distinct and nested queries")
        func shapes() throws {
            try withBlog { (db) throws in
                let byMood = Article.query.order(\.mood.ascending.nullsFirst, \.id.descending)
                #expect(try byMood.all(in: db).map(\.id) == [4, 3, 1, 2])
                #expect(try byMood[1..<3].all(in: db).map(\.id) == [3, 1])
                #expect(try byMood[3...].all(in: db).map(\.id) == [2])
                let few = Article.query.order(\.id.ascending).limit(3).nested(as: "few")
                #expect(try few.where { $0.views > 0 }.all(in: db).map(\.id) == [1, 3])
                let newest = Article.query.distinct { $0.authorID }
                    .order { [$0.authorID.ascending, $0.id.descending] }
                #expect(try newest.all(in: db).map(\.id) == [2, 3, 4])
                try db.transaction { () throws in
                    #expect(try Article.query.where { $0.id == 1 }.forUpdate(.fail).all(in: db).count == 1)
                }
            }
        }

        @Test("selections, groups and aggregates")
        func aggregates() throws {
            try withBlog { (db) throws in
                let names: [String] = try Person.query.order(\.id.ascending).select(\.username).all(in: db)
                #expect(names == ["john", "susan", "mary"])
                let totals = try Article.query
                    .select { ($0.rowCount, $0.views.sum, $0.views.average, $0.views.min, $0.views.max) }.one(in: db)
                #expect(totals == (4, 13, 3.25, 0, 7))
                let none = try Article.query.where { $0.id > 99 }.select { ($0.views.sum, $0.authorID.max) }.one(in: db)
                #expect(none == (nil, nil))
                let counts = try Article.query.group { $0.authorID }.having { $0.rowCount > 1 }
                    .select { ($0.authorID, $0.rowCount) }.all(in: db)
                #expect(counts.map(\.0) == [1] && counts.map(\.1) == [2])
                let filtered = try Article.query
                    .select { ($0.rowCount.filter($0.views > 0), $0.authorID.distinctCount) }.one(in: db)
                #expect(filtered == (3, 2))
                let html = try Article.query.where { $0.id == 1 }.select { $0.bodyHTML.ifNull("-") }.one(in: db)
                #expect(html == "-")
                #expect(try Article.query.select(\.authorID).distinct().count(in: db) == 3)
            }
        }

        @Test("joins: inner, left, right, with itself, of three tables, and back to records")
        func joins() throws {
            try withBlog { (db) throws in
                let inner = try Article.query.join(\.author).order { article, _ in [article.id.ascending] }.all(in: db)
                #expect(inner.map { "\($0.0.body) \($0.1.username)" } == ["one john", "two john", "three susan"])
                let left = try Article.query.leftJoin(\.author).order { article, _ in [article.id.ascending] }.all(
                    in: db)
                #expect(left.map { $0.1?.username } == ["john", "john", "susan", nil])
                let right = try Article.query.rightJoin(Person.self) { $0.authorID == $1.id }
                    .where { article, _ in article.id.isNull }.all(in: db)
                #expect(right.map(\.1.username) == ["mary"] && right[0].0 == nil)
                let pairs = try Remark.query.join(Remark.self) { $1.id == $0.parentID }
                    .order { child, _ in [child.id.ascending] }.all(in: db)
                #expect(pairs.map { $0.0.body + $0.1.body } == ["ba", "ca"])
                let three = try Article.query.join(\.author)
                    .leftJoin(Role.self) { _, person, role in role.id == person.roleID }
                    .where { article, _, role in role.name == "User" && article.views > 0 }
                    .select { article, person, role in (article.body, person.username, role.name) }.all(in: db)
                #expect(three.map { "\($0) \($1) \($2)" } == ["one john User"])
                let summaries = try Person.query.leftJoin(Article.self) { $1.authorID == $0.id }
                    .group { person, _ in person.username }
                    .select { ($0.username, $1.id.count.labelled("articles")) }
                    .order(.label("articles", descending: true)).all(as: Summary.self, in: db)
                #expect(summaries.map(\.articles) == [2, 1, 0] && summaries[0].username == "john")
                let written = Article.query.join(Following.self) { $1.followedID == $0.authorID }
                    .where { _, follow in follow.followerID == 1 }.only { article, _ in article }
                #expect(try written.paginate(page: 1, in: db).items.map(\.body) == ["three"])
                #expect(try Article.query.join(\.author).count(in: db) == 3)
            }
        }

        @Test("subqueries: in, exists, scalar, correlated and through associations")
        func subqueries() throws {
            try withBlog { (db) throws in
                let followed = Following.query.where { $0.followerID == 1 }.select(\.followedID)
                let byFollowed = Article.query.where { $0.authorID.isIn(followed) }
                #expect(try byFollowed.all(in: db).map(\.body) == ["three"])
                let quiet = Article.query.where { !$0.remarks.exists }.order(\.id.ascending)
                #expect(try quiet.all(in: db).map(\.id) == [2, 4])
                let remarked = Article.query.where { $0.remarkCount > 1 }
                #expect(try remarked.all(in: db).map(\.id) == [1])
                let busiest = Article.query.order(\.remarkCount.descending, \.id.ascending)
                #expect(try busiest.all(in: db).map(\.id) == [1, 3, 2, 4])
                let mean = Article.query(as: "a").select { $0.views.average }.scalar(as: Int.self)
                let popular = Article.query.where { $0.views > mean }.order(\.id.ascending)
                #expect(try popular.all(in: db).map(\.id) == [1, 3])
                let grand = Remark.query.where { $0.parent.where { !$0.isHidden }.exists }.order(\.id.ascending)
                #expect(try grand.all(in: db).map(\.body) == ["b", "c"])
                let fans = Person.query.where { $0.followed.where { $0.username == "susan" }.exists }
                #expect(try fans.all(in: db).map(\.username) == ["john"])
                let siblings = Article.query.join(\.author)
                    .where { article, author in author.articles.where { $0.id != article.id }.exists }
                    .only { article, _ in article }.order(\.id.ascending)
                #expect(try siblings.all(in: db).map(\.id) == [1, 2])
                let tagged = Article.query.where { $0.labels.where { $0.name == "c" }.exists }
                #expect(try tagged.all(in: db).map(\.id) == [1])
            }
        }

        @Test("pages count only when the page itself does not tell the total")
        func pages() throws {
            try withBlog { (db) throws in
                var statements = 0
                db.observer = { _ in statements += 1 }
                func page(_ number: Int, _ size: Int) throws -> (ids: [Int], total: Int, statements: Int) {
                    statements = 0
                    let page = try Article.query.order(\.id.ascending).paginate(page: number, perPage: size, in: db)
                    return (page.items.map(\.id), page.total, statements)
                }
                #expect(try page(1, 3) == ([1, 2, 3], 4, 2))
                #expect(try page(2, 3) == ([4], 4, 1))
                #expect(try page(1, 10) == ([1, 2, 3, 4], 4, 1))
                #expect(try page(9, 3) == ([], 4, 2))
                #expect(try page(0, 3).ids == [1, 2, 3])
                #expect(try page(.min, 0).ids == [1])
                #expect(try page(.max, .max).ids == [])
                let query = Article.query.order(\.id.ascending)
                let first = try query.paginate(page: 1, perPage: 3, in: db)
                let second = try #require(try query.next(of: first, in: db))
                #expect(second.items.map(\.id) == [4])
                #expect(try query.next(of: second, in: db) == nil)
                #expect(throws: QueryError.self) { try query.limit(3).paginate(page: 1, in: db) }
                let nested = query.limit(3).nested(as: "few").order(\.id.ascending)
                #expect(try nested.paginate(page: 2, perPage: 2, in: db).items.map(\.id) == [3])
                #expect(try nested.paginate(page: 1, perPage: 2, in: db).total == 3)
                #expect(try query.previous(of: second, in: db)?.items.map(\.id) == [1, 2, 3])
            }
        }

        @Test("a record that does not fit its table is a clear error")
        func mismatches() throws {
            try withBlog { (db) throws in
                let wrong = try #require(throws: QueryError.self) { try WrongPerson.query.all(in: db) }
                #expect(wrong.code == .decoding && wrong.table == "people" && wrong.column == "username")
                #expect(wrong.description.contains("is character varying; Int needs integer"))
                let forgetful = try #require(throws: QueryError.self) { try ForgetfulPerson.query.all(in: db) }
                #expect(forgetful.description.contains("has a property username and Fields has no column for it"))
                let imaginary = try #require(throws: QueryError.self) { try ImaginaryPerson.query.all(in: db) }
                #expect(imaginary.sqlState == "42703" && imaginary.description.contains("shoe_size"))
                #expect(imaginary.description.contains("RoostPostgresTests/RecordQueryTests.swift:"))
            }
        }

        @Test("the same query with other values, lists and pages is prepared once")
        func prepared() throws {
            try withBlog { (db) throws in
                for size in 1...9 {
                    _ = try Article.query.where { $0.id.isIn(Array(1...size)) && $0.body.contains("\(size)") }
                        .limit(5).offset(size).all(in: db)
                }
                let count = try db.value(
                    "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT \"articles\"%'",
                    as: Int.self)
                #expect(count == 1)
            }
        }
    }
}
