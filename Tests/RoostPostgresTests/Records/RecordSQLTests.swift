import RoostPostgres
import Testing

/// Compares a query's SQL and its values with what they should be.
private func expect(
    _ made: SQL, _ text: String, _ values: [String] = [], _ location: SourceLocation = #_sourceLocation
) {
    #expect(made.text == text, sourceLocation: location)
    #expect(made.loggableValues == values, sourceLocation: location)
}

private let roles = #"SELECT "roles"."id", "roles"."name", "roles"."default" FROM "roles""#
private let labels = #"SELECT "labels"."id", "labels"."name" FROM "labels""#

/// The SQL of one condition on articles, without what stands before it.
private func condition(_ make: (Source<Article>) -> Condition) -> SQL {
    Article.query.where(make).select(\.id).sql
}

private func wheres(_ text: String) -> String {
    #"SELECT "articles"."id" FROM "articles" WHERE "# + text
}

@Suite("The SQL of queries")
struct RecordSQLTests {
    @Test("conditions")
    func conditions() {
        expect(condition { $0.id == 1 }, wheres(#""articles"."id" = $1"#), ["1"])
        expect(condition { $0.id != 1 }, wheres(#""articles"."id" <> $1"#), ["1"])
        expect(condition { $0.views < 1 }, wheres(#""articles"."views" < $1"#), ["1"])
        expect(condition { $0.views <= 1 }, wheres(#""articles"."views" <= $1"#), ["1"])
        expect(condition { $0.views > 1 }, wheres(#""articles"."views" > $1"#), ["1"])
        expect(condition { $0.views >= 1 }, wheres(#""articles"."views" >= $1"#), ["1"])
        expect(condition { $0.bodyHTML == "x" }, wheres(#""articles"."body_html" = $1"#), ["x"])
        expect(condition { $0.bodyHTML == nil }, wheres(#""articles"."body_html" IS NULL"#))
        expect(condition { $0.bodyHTML != nil }, wheres(#""articles"."body_html" IS NOT NULL"#))
        expect(condition { $0.bodyHTML.isNull }, wheres(#""articles"."body_html" IS NULL"#))
        expect(condition { $0.bodyHTML.isNotNull }, wheres(#""articles"."body_html" IS NOT NULL"#))
        expect(condition { $0.mood == .wild }, wheres(#""articles"."mood" = $1"#), ["wild"])
        expect(condition { $0.id.isIn([1, 2]) }, wheres(#""articles"."id" = ANY($1)"#), ["{1,2}"])
        expect(condition { $0.id.isIn([]) }, wheres(#""articles"."id" = ANY($1)"#), ["{}"])
        expect(condition { $0.id.isNotIn(1...3) }, wheres(#""articles"."id" <> ALL($1)"#), ["{1,2,3}"])
        expect(condition { $0.authorID.isIn([4]) }, wheres(#""articles"."author_id" = ANY($1)"#), ["{4}"])
        expect(condition { $0.body.like("a%") }, wheres(#""articles"."body" LIKE $1"#), ["a%"])
        expect(condition { $0.bodyHTML.ilike("a%") }, wheres(#""articles"."body_html" ILIKE $1"#), ["a%"])
        expect(condition { $0.body.notLike("a%") }, wheres(#""articles"."body" NOT LIKE $1"#), ["a%"])
        expect(condition { $0.body.notIlike("a%") }, wheres(#""articles"."body" NOT ILIKE $1"#), ["a%"])
        expect(condition { $0.body.contains("50%") }, wheres(#""articles"."body" LIKE $1"#), [#"%50\%%"#])
        expect(condition { $0.body.hasPrefix("a_b") }, wheres(#""articles"."body" LIKE $1"#), [#"a\_b%"#])
        expect(condition { $0.body.hasSuffix(#"\"#) }, wheres(#""articles"."body" LIKE $1"#), [#"%\\"#])
        expect(condition { $0.body.lowercased == "x" }, wheres(#"lower("articles"."body") = $1"#), ["x"])
        expect(condition { $0.body.length > 3 }, wheres(#"length("articles"."body") > $1"#), ["3"])
        expect(
            condition { $0.views.between(1, and: 9) }, wheres(#""articles"."views" BETWEEN $1 AND $2"#), ["1", "9"])
        expect(
            condition { $0.authorID.differs(from: nil) }, wheres(#""articles"."author_id" IS DISTINCT FROM $1"#),
            ["NULL"])
        expect(condition { $0.id == $0.views }, wheres(#""articles"."id" = "articles"."views""#))
        expect(condition { $0.id == $0.authorID }, wheres(#""articles"."id" = "articles"."author_id""#))
        expect(condition { $0.authorID != $0.id }, wheres(#""articles"."author_id" <> "articles"."id""#))
        expect(
            condition { $0.views + 1 > $0.id * 2 }, wheres(#""articles"."views" + $1 > "articles"."id" * $2"#),
            ["1", "2"])
        expect(condition { ($0.views + 1) * 2 == 4 }, wheres(#"("articles"."views" + $1) * $2 = $3"#), ["1", "2", "4"])
        expect(
            condition { $0.id == 1 && $0.views == 2 && $0.body == "x" },
            wheres(#""articles"."id" = $1 AND "articles"."views" = $2 AND "articles"."body" = $3"#), ["1", "2", "x"])
        expect(
            condition { $0.id == 1 || $0.views == 2 && $0.body == "x" },
            wheres(#""articles"."id" = $1 OR ("articles"."views" = $2 AND "articles"."body" = $3)"#), ["1", "2", "x"])
        expect(
            condition { ($0.id == 1 || $0.views == 2) && $0.body == "x" },
            wheres(#"("articles"."id" = $1 OR "articles"."views" = $2) AND "articles"."body" = $3"#), ["1", "2", "x"])
        expect(
            condition { !($0.id == 1 || $0.views == 2) },
            wheres(#"NOT ("articles"."id" = $1 OR "articles"."views" = $2)"#), ["1", "2"])
        expect(
            condition { .all([$0.id == 1, $0.views == 2]) },
            wheres(#""articles"."id" = $1 AND "articles"."views" = $2"#), ["1", "2"])
        expect(condition { _ in .all([]) }, wheres("true"))
        expect(condition { _ in .any([]) }, wheres("false"))
        expect(
            condition { SQLExpression("octet_length(\($0.body))", as: Int.self) > 3 },
            wheres(#"(octet_length("articles"."body")) > $1"#), ["3"])
        expect(condition { $0.body == .secret("pw") }, wheres(#""articles"."body" = $1"#), ["<secret>"])
    }

    @Test("clauses")
    func clauses() {
        expect(Role.query.sql, roles)
        expect(Role.query.where(\.name == "x").sql, roles + #" WHERE "roles"."name" = $1"#, ["x"])
        expect(Article.query.where(\.views >= 3).select(\.id).sql, wheres(#""articles"."views" >= $1"#), ["3"])
        expect(Article.query.where(\.id < 3).select(\.id).sql, wheres(#""articles"."id" < $1"#), ["3"])
        expect(Role.query.where("length(name) > \(3)").sql, roles + " WHERE length(name) > $1", ["3"])
        expect(
            Role.query.where { $0.isDefault }.where("a OR b").sql, roles + #" WHERE "roles"."default" AND (a OR b)"#)
        expect(
            Role.query.order(\.name.descending, \.id.ascending).sql,
            roles + #" ORDER BY "roles"."name" DESC, "roles"."id""#)
        expect(
            Role.query.order(\.name.descending.nullsLast).sql, roles + #" ORDER BY "roles"."name" DESC NULLS LAST"#)
        expect(Role.query.order(\.name.ascending.nullsFirst).sql, roles + #" ORDER BY "roles"."name" NULLS FIRST"#)
        expect(Role.query.order("random()").sql, roles + " ORDER BY random()")
        expect(
            Role.query.order { [$0.name.lowercased.ascending] }.sql, roles + #" ORDER BY lower("roles"."name")"#)
        expect(Role.query.order(\.name.ascending).unordered().sql, roles)
        expect(Role.query.limit(3).offset(6).sql, roles + " LIMIT 3 OFFSET $1", ["6"])
        expect(Role.query[10..<30].sql, roles + " LIMIT 20 OFFSET $1", ["10"])
        expect(Role.query[10...29].sql, roles + " LIMIT 20 OFFSET $1", ["10"])
        expect(Role.query[..<5].sql, roles + " LIMIT 5")
        expect(Role.query[10...].sql, roles + " OFFSET $1", ["10"])
        expect(Role.query.forUpdate(.skip).sql, roles + " FOR UPDATE SKIP LOCKED")
        expect(Role.query.distinct().sql, roles.replacing("SELECT", with: "SELECT DISTINCT"))
        expect(
            Role.query.distinct { $0.name }.sql,
            roles.replacing("SELECT", with: #"SELECT DISTINCT ON ("roles"."name")"#))
        expect(
            Label.query(as: "l").where { $0.name == "x" }.sql,
            #"SELECT "l"."id", "l"."name" FROM "labels" AS "l" WHERE "l"."name" = $1"#, ["x"])
        expect(
            Label.query.where { $0.id < 5 }.limit(2).nested(as: "few").where { $0.name == "x" }.sql,
            #"SELECT "few"."id", "few"."name" FROM ("# + labels
                + #" WHERE "labels"."id" < $1 LIMIT 2) AS "few" WHERE "few"."name" = $2"#, ["5", "x"])
        expect(
            Label.query.where { $0.name == "'; DROP" }.sql, labels + #" WHERE "labels"."name" = $1"#, ["'; DROP"])
    }

    @Test("selections, groups and aggregates")
    func selections() {
        expect(Label.query.select(\.name).sql, #"SELECT "labels"."name" FROM "labels""#)
        expect(Label.query.select(\.name).distinct().sql, #"SELECT DISTINCT "labels"."name" FROM "labels""#)
        expect(
            Article.query.group { $0.authorID }.having { $0.rowCount > 3 }.select { ($0.authorID, $0.rowCount) }.sql,
            #"SELECT "articles"."author_id", count(*) FROM "articles" GROUP BY "articles"."author_id" HAVING count(*) > $1"#,
            ["3"])
        expect(
            Article.query.select { ($0.views.sum, $0.views.average, $0.views.min, $0.written.max) }.sql,
            #"SELECT sum("articles"."views"), avg("articles"."views")::float8, min("articles"."views"), max("articles"."written") FROM "articles""#
        )
        expect(
            Article.query.select { ($0.mood.count, $0.authorID.distinctCount, $0.rowCount.filter($0.views > 3)) }.sql,
            #"SELECT count("articles"."mood"), count(DISTINCT "articles"."author_id"), count(*) FILTER (WHERE "articles"."views" > $1) FROM "articles""#,
            ["3"])
        expect(
            Article.query.group { $0.mood }.select { ($0.mood, $0.rowCount.labelled("n")) }
                .order(.label("n", descending: true)).limit(2).sql,
            #"SELECT "articles"."mood", count(*) AS "n" FROM "articles" GROUP BY "articles"."mood" ORDER BY "n" DESC LIMIT 2"#)
        expect(
            Article.query.group { ($0.authorID, $0.mood) }.select { ($0.mood, $0.rowCount) }.sql,
            #"SELECT "articles"."mood", count(*) FROM "articles" GROUP BY "articles"."author_id", "articles"."mood""#)
        expect(
            Label.query.join(Role.self) { $0.name == $1.name }.group { ($0.id, $1.id) }.select { label, _ in
                label.name.max
            }.sql,
            #"SELECT max("labels"."name") FROM "labels" JOIN "roles" ON "labels"."name" = "roles"."name" GROUP BY "labels"."id", "roles"."id""#
        )
        expect(
            Article.query.select { $0.bodyHTML.ifNull("-") }.sql,
            #"SELECT coalesce("articles"."body_html", $1) FROM "articles""#, ["-"])
    }

    @Test("joins and subqueries")
    func joins() {
        expect(
            Label.query.join(Role.self) { label, role in label.name == role.name }.sql,
            #"SELECT "labels"."id", "labels"."name", "roles"."id", "roles"."name", "roles"."default" FROM "labels" JOIN "roles" ON "labels"."name" = "roles"."name""#
        )
        expect(
            Label.query.leftJoin(Label.self) { a, b in a.id < b.id }.where { _, b in b.id.isNull }.sql,
            #"SELECT "labels"."id", "labels"."name", "labels_2"."id", "labels_2"."name" FROM "labels" LEFT JOIN "labels" AS "labels_2" ON "labels"."id" < "labels_2"."id" WHERE "labels_2"."id" IS NULL"#
        )
        expect(
            Label.query.rightJoin(Label.self, as: "r") { a, b in a.id == b.id }.select { a, b in (a.name.optional, b.id)
            }.sql,
            #"SELECT "labels"."name", "r"."id" FROM "labels" RIGHT JOIN "labels" AS "r" ON "labels"."id" = "r"."id""#)
        expect(
            Article.query.join(\.author).join(Role.self) { _, person, role in role.id == person.roleID }
                .where { article, _, role in role.name == "User" && article.id > 1 }
                .select { article, person, _ in (article.id, person.username) }.sql,
            #"SELECT "articles"."id", "people"."username" FROM "articles" JOIN "people" ON "people"."id" = "articles"."author_id" JOIN "roles" ON "roles"."id" = "people"."role_id" WHERE "roles"."name" = $1 AND "articles"."id" > $2"#,
            ["User", "1"])
        expect(
            Label.query.join(Role.self) { $0.name == $1.name }.only { label, _ in label }.order(\.id.ascending).sql,
            labels + #" JOIN "roles" ON "labels"."name" = "roles"."name" ORDER BY "labels"."id""#)
        expect(
            condition { $0.authorID.isIn(Following.query.where { $0.followerID == 7 }.select(\.followedID)) },
            wheres(
                #""articles"."author_id" IN (SELECT "follows"."followed_id" FROM "follows" WHERE "follows"."follower_id" = $1)"#
            ),
            ["7"])
        expect(
            condition { article in Remark.query.where { $0.articleID == article.id }.exists },
            wheres(#"EXISTS (SELECT 1 FROM "remarks" WHERE "remarks"."article_id" = "articles"."id")"#))
        expect(
            condition { !$0.remarks.where { $0.isHidden }.exists },
            wheres(
                #"NOT EXISTS (SELECT 1 FROM "remarks" WHERE "remarks"."article_id" = "articles"."id" AND "remarks"."hidden")"#
            ))
        expect(
            condition { $0.remarkCount > 2 },
            wheres(#"(SELECT count(*) FROM "remarks" WHERE "remarks"."article_id" = "articles"."id") > $1"#), ["2"])
        expect(
            condition { $0.views > Article.query(as: "a").select { $0.views.average }.scalar(as: Int.self) },
            wheres(#""articles"."views" > (SELECT avg("a"."views")::float8 FROM "articles" AS "a")"#))
        expect(
            Remark.query.where { $0.replies.where { $0.replies.exists }.exists }.select(\.id).sql,
            #"SELECT "remarks"."id" FROM "remarks" WHERE EXISTS (SELECT 1 FROM "remarks" AS "remarks_sub1" WHERE "remarks_sub1"."parent_id" = "remarks"."id" AND EXISTS (SELECT 1 FROM "remarks" AS "remarks_sub2" WHERE "remarks_sub2"."parent_id" = "remarks_sub1"."id"))"#
        )
        expect(
            Person.query.where { $0.followed.where { $0.username == "x" }.exists }.select(\.id).sql,
            #"SELECT "people"."id" FROM "people" WHERE EXISTS (SELECT 1 FROM "people" AS "people_sub1" JOIN "follows" AS "follows_sub1" ON "follows_sub1"."followed_id" = "people_sub1"."id" WHERE "follows_sub1"."follower_id" = "people"."id" AND "people_sub1"."username" = $1)"#,
            ["x"])
        expect(
            Following.query.joining(\.followed).where { $0.followerID == 1 }.sql,
            #"SELECT "follows"."follower_id", "follows"."followed_id", "follows"."since", "people"."id", "people"."username", "people"."email", "people"."role_id", "people"."last_seen" FROM "follows" LEFT JOIN "people" ON "people"."id" = "follows"."followed_id" WHERE "follows"."follower_id" = $1"#,
            ["1"])
        expect(
            Label.query.where("id IN (\(Label.query.select(\.id).sql))").sql,
            labels + #" WHERE id IN (SELECT "labels"."id" FROM "labels")"#)
    }

    @Test("lists of any length and all pages but the first have the same text, so that one prepared statement serves them")
    func sameShape() {
        let few = Article.query.where { $0.id.isIn([1]) }.limit(20).offset(20).sql.text
        #expect(few == Article.query.where { $0.id.isIn(Array(1...1000)) }.limit(20).offset(400).sql.text)
    }

    @Test("names that would end their quotes stay inside them")
    func hostileNames() {
        let sql = Label.query(as: #"x" ; DROP TABLE "labels"#).where { $0.id == 1 }.sql.text
        #expect(
            sql.hasSuffix(#"FROM "labels" AS "x"" ; DROP TABLE ""labels" WHERE "x"" ; DROP TABLE ""labels"."id" = $1"#))
    }
}

private struct Broken: Record {
    var id: Int
    var name: String

    struct Fields: RecordFields {
        let id = Column(\Broken.id)
        let name = Column(\Broken.name, "id")
    }
    static let table = Table<Broken>("broken")
}

private struct Nameless: Record {
    var id: Int

    struct Fields: RecordFields {
        let id = Column(\Nameless.id, "")
    }
    static let table = Table<Nameless>("nameless")
}

private struct Stray: Record {
    var id: Int

    struct Fields: RecordFields {
        let id = Column(\Stray.id)
        let note = "not a column"
    }
    static let table = Table<Stray>("stray")
}

@Suite("Mistakes in a record's declaration")
struct RecordMistakeTests {
    /// Never opened: the mistake is found before.
    private let nowhere = Connection(settings: ConnectionSettings(url: "postgresql:///x?host=/nonexistent"))

    @Test("are told before anything is sent, with table and call site")
    func told() throws {
        let twice = try #require(throws: QueryError.self) { try Broken.query.all(in: nowhere) }
        #expect(twice.code == .invalidParameter && twice.table == "broken")
        #expect(twice.description.contains(#"declares column "id" twice, the second time as name"#))
        #expect(twice.description.contains("RecordSQLTests.swift:"))
        let empty = try #require(throws: QueryError.self) { try Nameless.query.count(in: nowhere) }
        #expect(empty.description.contains("1 to 63 bytes"))
        let stray = try #require(throws: QueryError.self) { try Stray.query.select(\.id).all(in: nowhere) }
        #expect(stray.description.contains("Stray.Fields.note is no column"))
    }

    @Test("so are limits, offsets and slices below zero")
    func negative() throws {
        for query in [Role.query.limit(-1), Role.query.offset(-1), Role.query[-5..<3]] {
            let error = try #require(throws: QueryError.self) { try query.all(in: nowhere) }
            #expect(error.code == .invalidParameter)
        }
    }

    @Test("a value that no query included is an error that says what to do")
    func notLoaded() throws {
        let article = Article(body: "x", written: .now)
        let error = try #require(throws: RelatedError.self) { try article.author.get() }
        #expect(error.description.contains(".including("))
    }
}
