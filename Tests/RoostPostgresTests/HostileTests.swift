import RoostPostgres
import Testing

/// No text of a value ever becomes SQL: every public way in, with every hostile string.
extension ServerTests {
    @Suite("Hostile strings")
    struct HostileTests {
        private static var all: [String] { HostileStrings.all }

        /// The canary: a table that every injection in the list would drop or change.
        private func withCanary(_ body: (Connection) throws -> Void) throws {
            try TestDatabase.with { db in
                try db.script(unsafe: "CREATE TABLE t (id int, v text); INSERT INTO t VALUES (-1, 'canary')")
                try body(db)
                let left = try db.rows("SELECT v FROM t WHERE id = -1", as: String.self)
                #expect(left == ["canary"])
            }
        }

        private func same(_ left: String?, _ right: String) -> Bool { left.map { Array($0.utf8) } == Array(right.utf8) }

        @Test("there are at least two hundred, and all differ")
        func count() {
            #expect(Self.all.count >= 200 && Set(Self.all.map { Array($0.utf8) }).count == Self.all.count)
        }

        @Test(
            "bound values, secrets, arrays and nested parts",
            arguments: [ConnectionSettings.Pooler.session, .transaction])
        func values(pooler: ConnectionSettings.Pooler) throws {
            try TestDatabase.with {
                $0.pooler = pooler
            } _: { db in
                for text in Self.all {
                    let part: SQL = "\(text)::text"
                    let (plain, secret, nested, array, optional) = try db.one(
                        """
                        SELECT \(text)::text, \(secret: text)::text, \(part), \([text, nil, text])::text[],
                            \(text as String?)::text
                        """,
                        as: (String, String, String, [String?], String?).self)
                    #expect(same(plain, text) && same(secret, text) && same(nested, text) && same(optional, text))
                    #expect(
                        array.count == 3 && array[1] == nil && same(array[0] ?? "", text) && same(array[2] ?? "", text))
                }
            }
        }

        @Test("identifiers: tables, columns and labels are named exactly so, or refused")
        func identifiers() throws {
            try withCanary { db in
                for (index, text) in Self.all.enumerated() {
                    let isPossible = !text.isEmpty && text.utf8.count <= 63
                    do {
                        try db.execute("CREATE TABLE \(identifier: text) (\(identifier: text) int)")
                        try db.execute("INSERT INTO \(identifier: text) (\(identifier: text)) VALUES (\(index))")
                        let rows = try db.rows("SELECT \(identifier: text) FROM \(identifier: text)")
                        #expect(same(rows.columnNames.first, text) && rows.count == 1)
                        try db.execute("DROP TABLE \(identifier: text)")
                        #expect(isPossible)
                    } catch let error as QueryError {
                        #expect(
                            !isPossible || error.sqlState == "42P07" || error.sqlState == "42701", "\(text): \(error)")
                    }
                }
            }
        }

        @Test("batches, prepared for the first time and known")
        func batches() throws {
            try withCanary { db in
                for text in Self.all {
                    let found = try db.batch { batch in
                        [
                            batch.value("SELECT \(text)::text", as: String.self),
                            batch.value("SELECT (\([text])::text[])[1]", as: String.self),
                        ]
                    }
                    #expect(found.allSatisfy { same($0, text) })
                }
            }
        }

        @Test("COPY in both directions, and JSON both ways")
        func copy() throws {
            try withCanary { db in
                try db.copy(into: "t (id, v)", rows: Self.all.enumerated().map { ($0.offset, $0.element) })
                var found: [Int: String] = [:]
                try db.copy(from: "SELECT id, v FROM t WHERE id >= 0", as: Int.self, String.self) { rows in
                    for (id, text) in rows { found[id] = text }
                }
                #expect(found.count == Self.all.count)
                for (index, text) in Self.all.enumerated() { #expect(same(found[index], text)) }
                for text in Self.all {
                    // Keys too. U+0000 is the one scalar that jsonb refuses, and none of the strings has it.
                    let stored = try db.value(
                        "SELECT \(JSONColumn([text: text]))::jsonb", as: JSONColumn<[String: String]>.self)
                    #expect(
                        stored.content.count == 1 && same(stored.content.first?.key, text)
                            && same(stored.content.first?.value, text))
                }
            }
        }

        @Test("channels and payloads of notifications")
        func notifications() throws {
            try withCanary { db in
                for text in Self.all {
                    try db.listen(to: "payloads")
                    try db.notify("payloads", payload: text)
                    let payloads = try db.notifications(timeout: .seconds(5)).map(\.payload)
                    #expect(payloads.count == 1 && same(payloads.first, text))
                    let isPossible = !text.isEmpty && text.utf8.count <= 63
                    do {
                        try db.listen(to: text)
                        try db.notify(text)
                        let channels = try db.notifications(timeout: .seconds(5)).map(\.channel)
                        #expect(channels.count == 1 && same(channels.first, text) && isPossible)
                    } catch let error as QueryError {
                        #expect(!isPossible, "\(text): \(error)")
                    }
                    try db.unlisten()
                }
            }
        }

        @Test("a connection's name, and texts that errors carry")
        func names() throws {
            try withCanary { db in
                for text in Self.all {
                    db.close()
                    db.rename(text)
                    let count: Int = try db.value("SELECT count(*) FROM t")
                    #expect(count == 1)
                }
            }
        }

        @Test("one NUL is refused everywhere, and never cuts a statement short")
        func nul() throws {
            try withCanary { db in
                let text = "canary\0' OR true"
                let attempts: [() throws -> Void] = [
                    { try db.execute("DELETE FROM t WHERE v = \(text)") },
                    { try db.execute("DELETE FROM t WHERE v = ANY(\([text]))") },
                    { try db.execute("DELETE FROM \(identifier: "t\0x")") },
                    { try db.execute(.unsafe("DELETE FROM t\0 WHERE false")) },
                    { try db.script(unsafe: "DELETE FROM t\0 WHERE false") },
                    { try db.batch { $0.execute(.unsafe("DELETE FROM t\0 WHERE false")) } },
                    { try db.copy(into: "t (id, v)", rows: [(1, text)]) },
                    { try db.notify("c", payload: text) }, { try db.listen(to: "a\0b") },
                ]
                for attempt in attempts { #expect(throws: QueryError.self) { try attempt() } }
                let count: Int = try db.value("SELECT count(*) FROM t")
                #expect(count == 1)
            }
        }
    }
}
