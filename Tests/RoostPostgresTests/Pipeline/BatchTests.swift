import RoostPostgres
import Testing

extension ServerTests {
    @Suite("Batches")
    struct BatchTests {
        private struct Item: Codable, Equatable {
            var id: Int
            var name: String
        }

        private func withItems(_ body: (Connection) throws -> Void) throws {
            try TestDatabase.with { db in
                try db.script(
                    unsafe: """
                        CREATE TABLE items (id int PRIMARY KEY, name text NOT NULL);
                        INSERT INTO items VALUES (1, 'one'), (2, 'two')
                        """)
                try body(db)
            }
        }

        @Test("results come back typed, on first use and when prepared")
        func typed() throws {
            try withItems { db in
                for round in 0..<3 {
                    let (items, count, found, pair, changed) = try db.batch { batch in
                        (
                            batch.rows("SELECT * FROM items ORDER BY id", as: Item.self),
                            batch.value("SELECT count(*) FROM items", as: Int.self),
                            batch.exists("SELECT 1 FROM items WHERE name = \("two")"),
                            batch.first("SELECT id, name FROM items WHERE id = \(round + 1)", as: (Int, String).self),
                            batch.execute("UPDATE items SET name = name WHERE id = ANY(\([1, 2]))")
                        )
                    }
                    #expect(items == [Item(id: 1, name: "one"), Item(id: 2, name: "two")])
                    #expect(count == 2 && found && changed == 2)
                    #expect(pair?.1 == (round == 0 ? "one" : round == 1 ? "two" : nil))
                }
            }
        }

        @Test("statements share one round trip: the server sees a single transaction")
        func oneTransaction() throws {
            try withItems { db in
                for _ in 0..<2 {
                    let ids = try db.batch { batch in
                        (0..<5).map { _ in batch.value("SELECT pg_current_xact_id()::text", as: String.self) }
                    }
                    #expect(Set(ids).count == 1)
                }
            }
        }

        @Test("an error names its own statement and place, undoes the batch and leaves the connection usable")
        func errors() throws {
            try withItems { db in
                for _ in 0..<2 {
                    var line = 0
                    func insertAll() throws {
                        try db.batch { batch in
                            batch.execute("INSERT INTO items VALUES (3, 'three')")
                            batch.execute("INSERT INTO items VALUES (\(1), 'again')")
                            line = #line - 1
                            batch.execute("INSERT INTO items VALUES (4, 'four')")
                        }
                    }
                    let error = try #require(throws: QueryError.self) { try insertAll() }
                    #expect(error.isUniqueViolation && error.site.line == line)
                    #expect(error.site.function == "insertAll()")
                    #expect(error.statement == "INSERT INTO items VALUES ($1, 'again')")
                    #expect(try db.value("SELECT count(*) FROM items") == 2)
                }
                #expect(!db.isInTransaction)
            }
        }

        @Test("inside a transaction a failing batch spoils it, as any statement does")
        func inTransaction() throws {
            try withItems { db in
                func spoil() throws {
                    try db.transaction {
                        try db.execute("INSERT INTO items VALUES (3, 'three')")
                        try db.batch { $0.execute("INSERT INTO items VALUES (1, 'again')") }
                    }
                }
                func store() throws {
                    try db.transaction { try db.batch { $0.execute("INSERT INTO items VALUES (3, 'three')") } }
                }
                let error = try #require(throws: QueryError.self) { try spoil() }
                #expect(error.isUniqueViolation)
                #expect(try db.value("SELECT count(*) FROM items") == 2)
                try store()
                #expect(try db.value("SELECT count(*) FROM items") == 3)
            }
        }

        @Test("batches of the same shape in one function stay apart")
        func sameShape() throws {
            try withItems { db in
                try db.transaction { _ = try db.batch { $0.execute("INSERT INTO items VALUES (11, 'a')") } }
                try db.transaction { _ = try db.batch { $0.execute("INSERT INTO items VALUES (12, 'b')") } }
                func store() throws {
                    try db.transaction { try db.batch { $0.execute("INSERT INTO items VALUES (13, 'c')") } }
                    try db.transaction { try db.batch { $0.execute("INSERT INTO items VALUES (14, 'd')") } }
                }
                try store()
                let one = try db.batch { ($0.value("SELECT 1", as: Int.self), $0.value("SELECT 2", as: Int.self)) }
                let two = try db.batch { ($0.value("SELECT 3", as: Int.self), $0.value("SELECT 4", as: Int.self)) }
                #expect(one == (1, 2) && two == (3, 4))
                let ids = try db.rows("SELECT id FROM items WHERE id > 10 ORDER BY id", as: Int.self)
                #expect(ids == [11, 12, 13, 14])
            }
        }

        @Test("a result type changed by DDL is prepared anew")
        func stalePlan() throws {
            try withItems { db in
                for round in 0..<2 {
                    let items = try db.batch { batch in
                        batch.rows("SELECT * FROM items ORDER BY id", as: Item.self)
                    }
                    #expect(items.count == 2)
                    if round == 0 { try db.execute("ALTER TABLE items ADD COLUMN extra int") }
                }
            }
        }

        @Test("megabytes in both directions at once do not block")
        func large() throws {
            try withItems { db in
                let text = String(repeating: "x", count: 200_000)
                let sizes = try db.batch { batch in
                    (0..<100).map { _ in batch.value("SELECT \(text)::text", as: String.self) }
                }
                #expect(sizes.count == 100 && sizes.allSatisfy { $0.utf8.count == 200_000 })
            }
        }

        @Test("what cannot be sent is refused before anything runs")
        func refusals() throws {
            try withItems { db in
                for bad in ["COPY items FROM STDIN" as SQL, "SELECT \("a\0b")::text", "SELECT \(identifier: "a\0b")"] {
                    let error = try #require(throws: QueryError.self) {
                        try db.batch { batch in
                            batch.execute("INSERT INTO items VALUES (9, 'nine')")
                            batch.execute(bad)
                        }
                    }
                    #expect(error.code == .invalidParameter)
                }
                #expect(try db.value("SELECT count(*) FROM items") == 2)
                try db.batch { _ in }
            }
        }

        @Test("each statement is observed once, with its rows")
        func observed() throws {
            try withItems { db in
                var seen: [(String, Int)] = []
                db.observer = { seen.append(($0.statement, $0.rows)) }
                _ = try db.batch { ($0.rows("SELECT id FROM items", as: Int.self), $0.execute("DELETE FROM items")) }
                #expect(seen.map(\.0) == ["SELECT id FROM items", "DELETE FROM items"] && seen.map(\.1) == [2, 2])
            }
        }

        @Test("a connection killed between batches is replaced; killed inside one, it is reported")
        func killed() throws {
            try withItems { db in
                let error = try #require(throws: QueryError.self) {
                    try db.batch { batch in
                        batch.execute("INSERT INTO items VALUES (5, 'five')")
                        batch.execute("SELECT pg_terminate_backend(pg_backend_pid())")
                    }
                }
                #expect(error.code == .connectionLost || error.sqlState == "57P01")
                let count = try db.batch { batch in batch.value("SELECT count(*) FROM items", as: Int.self) }
                #expect(count == 2)
            }
        }
    }
}
