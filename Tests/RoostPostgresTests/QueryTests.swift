import FoundationEssentials
import RoostPostgres
import Testing

private struct User: Codable, Equatable {
    var id: Int
    var username: String
    var aboutMe: String?
    var lastSeen: Timestamp?
}

private struct FastUser: RowDecodable {
    let id: Int
    let name: String

    init(row: Row) throws {
        id = try row["id"]
        name = try row["username"]
    }
}

private enum Mood: String, SQLConvertible {
    case calm, wild
}

extension ServerTests {
    @Suite("Queries")
    struct QueryTests {
        private func withUsers(_ body: (Connection) throws -> Void) throws {
            try TestDatabase.with { db in
                try db.script(
                    unsafe: """
                        CREATE TABLE users (id int PRIMARY KEY, username varchar(64) UNIQUE NOT NULL,
                            about_me text, last_seen timestamptz);
                        INSERT INTO users VALUES (1, 'john', NULL, '2026-01-02 03:04:05.678901+00'), (2, 'susan', 'hi', NULL)
                        """)
                try body(db)
            }
        }

        @Test("rows become tuples, Codable structs and row types")
        func shapes() throws {
            try withUsers { db in
                let tuples = try db.rows(
                    "SELECT id, username, about_me FROM users ORDER BY id", as: (Int, String, String?).self)
                #expect(tuples.map(\.0) == [1, 2])
                #expect(tuples.map(\.2) == [nil, "hi"])
                let users = try db.rows("SELECT * FROM users ORDER BY id", as: User.self)
                let seen = Timestamp(iso8601: "2026-01-02T03:04:05.678901Z")
                #expect(
                    users == [
                        User(id: 1, username: "john", aboutMe: nil, lastSeen: seen),
                        User(id: 2, username: "susan", aboutMe: "hi", lastSeen: nil),
                    ])
                #expect(
                    try db.rows("SELECT * FROM users ORDER BY id", as: FastUser.self).map(\.name) == ["john", "susan"])
                #expect(try db.rows("SELECT id FROM users WHERE id = ANY(\([2, 3]))", as: Int.self) == [2])
                #expect(try db.first("SELECT id FROM users WHERE id = \(9)", as: Int.self) == nil)
                #expect(try db.value("SELECT count(*) FROM users") == 2)
                #expect(try db.exists("SELECT 1 FROM users WHERE username = \("john")"))
                #expect(try !db.exists("SELECT 1 FROM users WHERE username = \("jo' OR true --")"))
                #expect(try db.execute("UPDATE users SET about_me = \("x")") == 2)
            }
        }

        @Test("every type comes back as it went in", arguments: [ConnectionSettings.Pooler.session, .transaction])
        func roundTrips(pooler: ConnectionSettings.Pooler) throws {
            let uuid = UUID()
            let bytes = (0...255).map { UInt8($0) }
            let time = Timestamp(microseconds: 1_700_000_000_123_456)
            try TestDatabase.with {
                $0.pooler = pooler
            } _: { db in
                #expect(try db.value("SELECT \(true)::bool") == true)
                #expect(try db.value("SELECT \(Int64.min)::int8") == Int64.min)
                #expect(try db.value("SELECT \(-5)::int2") == -5)
                #expect(try db.value("SELECT \(UInt64.max)::numeric") == UInt64.max)
                #expect(try db.value("SELECT \(-0.1)::float8") == -0.1)
                #expect(try db.value("SELECT \(Double.infinity)::float8") == Double.infinity)
                #expect(try db.value("SELECT \(Float(1.5))::float4") == Float(1.5))
                #expect(try db.value("SELECT \(uuid)::uuid") == uuid)
                #expect(try db.value("SELECT \(bytes)::bytea") == bytes)
                #expect(try db.value("SELECT \(time)::timestamptz") == time)
                #expect(try db.value("SELECT \(time)::timestamp") == time)
                #expect(try db.value("SELECT \(Timestamp.infinity)::timestamptz") == Timestamp.infinity)
                #expect(try db.value("SELECT \(time.date)::timestamptz", as: Date.self) == time.date)
                #expect(try db.value("SELECT \("12.50")::numeric") == "12.50")
                #expect(try db.value("SELECT \("2024-02-29")::date") == "2024-02-29")
                #expect(
                    try db.value("SELECT \(["a,b", "{\"\\}", "NULL", ""])::text[]") == ["a,b", "{\"\\}", "NULL", ""])
                #expect(try db.value("SELECT \([1, nil, 3])::int[]") == [1, nil, 3])
                #expect(try db.value("SELECT \([time])::timestamptz[]") == [time])
                #expect(
                    try db.value("SELECT '{\"a\": [1]}'::jsonb", as: JSONColumn<[String: [Int]]>.self).content == [
                        "a": [1]
                    ])
                #expect(try db.value("SELECT NULL::int", as: Int?.self) == nil)
                try db.execute("CREATE TYPE mood AS ENUM ('calm', 'wild')")
                #expect(try db.value("SELECT \(Mood.wild)::mood", as: Mood.self) == .wild)
                #expect(try db.value("SELECT \([Mood.calm])::mood[]", as: [Mood].self) == [.calm])
            }
        }

        @Test("two hundred hostile strings are stored and found as they are")
        func hostileStrings() throws {
            try TestDatabase.with { db in
                try db.execute("CREATE TABLE t (id int, v text, n varchar, e json)")
                for (index, text) in HostileStrings.all.enumerated() {
                    try db.execute("INSERT INTO t (id, v, n) VALUES (\(index), \(text), \(text))")
                    let found = try db.one(
                        "SELECT v, n FROM t WHERE id = \(index) AND v = \(text)", as: (String, String).self)
                    #expect(Array(found.0.utf8) == Array(text.utf8))
                    #expect(Array(found.1.utf8) == Array(text.utf8))
                    #expect(try db.value("SELECT \([text])::text[]") == [text])
                }
                #expect(try db.value("SELECT count(*) FROM t") == HostileStrings.all.count)
            }
        }

        @Test("a NUL character is refused, never cut off")
        func nul() throws {
            try withUsers { db in
                #expect(throws: QueryError.self) { try db.exists("SELECT 1 FROM users WHERE username = \("jo\0hn")") }
                #expect(throws: QueryError.self) { try db.value("SELECT \("4\01")::int", as: Int.self) }
                let one: Int = try db.value("SELECT 1")
                #expect(one == 1)
            }
        }

        @Test("a decoding error names table, column, both types, statement and call site")
        func decodingErrors() throws {
            try withUsers { db in
                let error = try #require(throws: QueryError.self) {
                    try db.rows("SELECT id, about_me FROM users ORDER BY id", as: (Int, String).self)
                }
                #expect(error.code == .decoding && error.table == "users" && error.column == "about_me")
                #expect(error.description.contains("is NULL; String is not optional"))
                #expect(error.description.contains("RoostPostgresTests/QueryTests.swift:"))
                let other = try #require(throws: QueryError.self) {
                    try db.rows("SELECT username FROM users", as: Int.self)
                }
                #expect(other.description.contains("is character varying; Int needs integer"))
                #expect(other.statement == "SELECT username FROM users")
                let missing = try #require(throws: QueryError.self) {
                    try db.rows("SELECT id FROM users", as: FastUser.self)
                }
                #expect(missing.description.contains("no column \"username\""))
            }
        }

        @Test("a server error tells where and what, and hides values in its description")
        func serverErrors() throws {
            try withUsers { db in
                let error = try #require(throws: QueryError.self) {
                    try db.execute("INSERT INTO users VALUES (\(3), \("john"))")
                }
                #expect(error.isUniqueViolation && error.constraint == "users_username_key" && error.table == "users")
                #expect(!error.description.contains("john") && error.debugDescription.contains("john"))
                let syntax = try #require(throws: QueryError.self) { try db.rows("SELECT id\nFROM userz -- é") }
                #expect(syntax.sqlState == "42P01")
                #expect(syntax.statementLocation?.line == 2 && syntax.statementLocation?.column == 6)
                let bad = try #require(throws: QueryError.self) { try db.execute("SELECT \("topsecret")::int") }
                #expect(bad.sqlState == "22P02" && !bad.description.contains("topsecret"))
                let quoted = try #require(throws: QueryError.self) { try db.rows("SELECT '\("x")'") }
                #expect(quoted.description.contains("inside quotes"))
            }
        }

        @Test("one refuses no row and several rows")
        func one() throws {
            try withUsers { db in
                let none = try #require(throws: QueryError.self) {
                    try db.one("SELECT id FROM users WHERE false", as: Int.self)
                }
                #expect(none.code == .noRows)
                let many = try #require(throws: QueryError.self) { try db.one("SELECT id FROM users", as: Int.self) }
                #expect(many.code == .tooManyRows)
            }
        }

        @Test("the observer sees text, hidden secrets, times, rows and errors")
        func observer() throws {
            try withUsers { db in
                var events: [QueryEvent] = []
                var texts: [String] = []
                db.observer = { events.append($0) }
                db.willExecute = { texts.append($0) }
                _ = try db.rows("SELECT id FROM users WHERE username <> \(secret: "pw")", as: Int.self)
                _ = try? db.execute("SELECT 1/0")
                #expect(events.count == 2 && texts.count == 2)
                #expect(events[0].rows == 2 && events[0].parameters == ["<secret>"] && events[0].serverNanoseconds > 0)
                #expect(events[0].site.file == "RoostPostgresTests/QueryTests.swift")
                #expect(events[1].error?.sqlState == "22012")
            }
        }

        @Test("COPY through a query is refused and leaves the session usable")
        func copy() throws {
            try withUsers { db in
                #expect(throws: QueryError.self) { try db.script(unsafe: "COPY users FROM STDIN") }
                #expect(throws: QueryError.self) { try db.script(unsafe: "COPY users TO STDOUT") }
                let count: Int = try db.value("SELECT count(*) FROM users")
                #expect(count == 2)
            }
        }
    }
}
