import RoostPostgres
import Testing

private struct Stop: Error {}

extension ServerTests {
    @Suite("COPY")
    struct CopyTests {
        private func withTable(_ body: (Connection) throws -> Void) throws {
            try TestDatabase.with { db in
                try db.execute(
                    "CREATE TABLE t (id int PRIMARY KEY, name text, data bytea, price numeric, at timestamptz)")
                try body(db)
            }
        }

        @Test("rows of every kind go in and come out as they were")
        func roundTrip() throws {
            try withTable { db in
                let bytes = (0...255).map { UInt8($0) }
                let time = Timestamp(microseconds: 1_700_000_000_123_456)
                let price = try #require(SQLDecimal("-12.50"))
                let rows: [(Int, String?, [UInt8], SQLDecimal, Timestamp)] = [
                    (1, "tab\tline\nback\\slash\r \\N \\.", bytes, price, time), (2, nil, [], 0, .infinity),
                ]
                #expect(try db.copy(into: "t (id, name, data, price, at)", rows: rows) == 2)
                var found: [(Int, String?, [UInt8], SQLDecimal, Timestamp)] = []
                try db.copy(
                    from: "SELECT * FROM t ORDER BY id",
                    as: Int.self, String?.self, [UInt8].self, SQLDecimal.self, Timestamp.self
                ) { rows in
                    for row in rows { found.append(row) }
                }
                #expect(found.count == 2)
                for (left, right) in zip(found, rows) {
                    #expect(left.0 == right.0 && left.1 == right.1 && left.2 == right.2)
                    #expect(left.3 == right.3 && left.4 == right.4)
                }
            }
        }

        @Test("a hundred thousand rows stream in and out")
        func many() throws {
            try withTable { db in
                let numbers = 1...100_000
                #expect(try db.copy(into: "t (id, name)", rows: numbers.lazy.map { ($0, "name \($0)") }) == 100_000)
                var sum = 0
                try db.copy(from: "SELECT id, name FROM t", as: Int.self, String.self) { rows in
                    for (id, name) in rows where name == "name \(id)" { sum += id }
                }
                #expect(sum == 5_000_050_000)
            }
        }

        @Test("a refused row stores nothing and leaves the connection usable, small and large")
        func serverError() throws {
            try withTable { db in
                for count in [2, 200_000] {
                    let error = try #require(throws: QueryError.self) {
                        try db.copy(into: "t (id, name)", rows: (0..<count).lazy.map { ($0 / 2, "x") })
                    }
                    #expect(error.isUniqueViolation)
                    #expect(try db.value("SELECT count(*) FROM t") == 0)
                }
                let refused = try #require(throws: QueryError.self) {
                    try db.copy(into: "t (id, name)", rows: [(1, "a"), (2, "b\0c")])
                }
                #expect(refused.code == .invalidParameter && refused.description.contains("row 2: text with a NUL"))
                #expect(try db.value("SELECT count(*) FROM t") == 0)
            }
        }

        @Test("an error of the application ends a COPY in either direction")
        func applicationError() throws {
            try withTable { db in
                #expect(throws: Stop.self) {
                    try db.copy(into: "t (id)") { copy in
                        try copy.row(1)
                        throw Stop()
                    }
                }
                #expect(try db.value("SELECT count(*) FROM t") == 0)
                #expect(throws: Stop.self) {
                    try db.copy(from: "SELECT generate_series(1, 1000000)", as: Int.self) { rows in
                        for number in rows where number == 10 { throw Stop() }
                    }
                }
                let first = try db.copy(from: "SELECT generate_series(1, 1000000)", as: Int.self) { rows in
                    rows.first { $0 == 10 }
                }
                #expect(first == 10)
                try TestDatabase.expectAlive(db)
            }
        }

        @Test("another statement on the connection of a running COPY is refused, and nothing is lost")
        func nested() throws {
            try withTable { db in
                var (count, refused) = (0, 0)
                try db.copy(from: "SELECT generate_series(1, 5000)", as: Int.self) { rows in
                    for number in rows {
                        count += 1
                        guard number % 1000 == 0 else { continue }
                        do {
                            try db.execute("INSERT INTO t (id) VALUES (\(number))")
                        } catch let error as QueryError where error.description.contains("a COPY is running") {
                            refused += 1
                        }
                    }
                }
                #expect(count == 5000 && refused == 5)
                try TestDatabase.expectAlive(db)
            }
        }

        @Test("what is kept beyond its COPY neither reads nor writes")
        func kept() throws {
            try withTable { db in
                var kept: CopyChunks?
                var writer: CopyWriter?
                try db.copy(from: "SELECT 1", format: .text) { kept = $0 }
                try db.copy(into: "t (id)") { writer = $0 }
                db.close()
                #expect(kept?.next() == nil)
                try writer?.write([UInt8(ascii: "x")])
                let late = writer
                func writeLate() throws { try late?.write([UInt8](repeating: 0x31, count: 100_000)) }
                #expect(throws: QueryError.self) { try writeLate() }
            }
        }

        @Test("rows left unread inside a transaction do not spoil it")
        func unreadInTransaction() throws {
            try withTable { db in
                try db.transaction {
                    try db.execute("INSERT INTO t (id) VALUES (1)")
                    _ = try db.copy(from: "SELECT generate_series(1, 100000)", as: Int.self) { $0.first { _ in true } }
                }
                #expect(try db.value("SELECT count(*) FROM t") == 1)
            }
        }

        @Test("an error in the middle of reading is thrown when the closure is done")
        func readingErrors() throws {
            try withTable { db in
                var count = 0
                let division = try #require(throws: QueryError.self) {
                    try db.copy(from: "SELECT 1 / (5000 - i) FROM generate_series(1, 10000) AS i", as: Int.self) {
                        rows in
                        for _ in rows { count += 1 }
                    }
                }
                #expect(division.sqlState == "22012" && count < 5000)
                try db.execute("INSERT INTO t (id, name) VALUES (1, NULL)")
                let null = try #require(throws: QueryError.self) {
                    try db.copy(from: "SELECT name FROM t", as: String.self) { Array($0) }
                }
                #expect(null.code == .decoding && null.column == "name" && null.table == "t")
                #expect(try db.value("SELECT count(*) FROM t") == 1)
            }
        }

        @Test(
            "bytes pass through unchanged in every format", arguments: [CopyFormat.text, .csv(header: true), .binary])
        func bytes(format: CopyFormat) throws {
            try withTable { db in
                try db.copy(into: "t (id, name, data)", rows: [(1, "a,\"b\"\n", [UInt8](arrayLiteral: 0, 255))])
                let chunks = try db.copy(from: "TABLE t", format: format) { Array($0) }
                try db.execute("CREATE TABLE u (LIKE t)")
                #expect(try db.copy(into: "u", bytes: chunks, format: format) == 1)
                #expect(try db.exists("SELECT 1 FROM t JOIN u ON t.* IS NOT DISTINCT FROM u.*"))
            }
        }

        @Test("values, other statements and unknown types are refused with advice")
        func refusals() throws {
            try withTable { db in
                let values = try #require(throws: QueryError.self) {
                    try db.copy(from: "SELECT id FROM t WHERE name = \("x")", as: Int.self) { Array($0) }
                }
                #expect(values.description.contains("takes no parameters"))
                try db.execute("CREATE TYPE mood AS ENUM ('calm')")
                let type = try #require(throws: QueryError.self) {
                    try db.copy(from: "SELECT 'calm'::mood AS m", as: String.self) { Array($0) }
                }
                #expect(type.description.contains("::text"))
                #expect(throws: QueryError.self) { try db.copy(into: "nowhere", rows: [(1, 2)]) }
                #expect(throws: QueryError.self) { try db.copy(from: "SELEC 1", as: Int.self) { Array($0) } }
                try TestDatabase.expectAlive(db)
            }
        }
    }
}
