import Glibc
import RoostPostgres
import Testing

private struct Stop: Error {}

extension ServerTests {
    @Suite("Sandboxes: a transaction round a test")
    struct SandboxTests {
        /// A table that is there before the sandbox, and what is left of it afterwards.
        private func withTable(_ body: (Connection) throws -> Void) throws {
            try TestDatabase.with { db in
                try db.script(
                    unsafe: """
                        CREATE TABLE t (id int PRIMARY KEY);
                        CREATE TABLE child (parent int REFERENCES t DEFERRABLE INITIALLY DEFERRED);
                        """)
                try body(db)
                #expect(try ids(db).isEmpty)
                #expect(!db.isInTransaction && !db.isSandboxed)
            }
        }

        private func ids(_ db: Connection) throws -> [Int] {
            try db.rows("SELECT id FROM t ORDER BY id", as: Int.self)
        }

        private func error(_ body: () throws -> Void) throws -> QueryError {
            try #require(throws: QueryError.self, performing: body)
        }

        @Test("nothing of it stays: statements, transactions, batches, COPY, tables; neither when the test throws")
        func undone() throws {
            try withTable { db in
                try db.withSandbox {
                    try db.execute("INSERT INTO t VALUES (1)")
                    try db.transaction { try db.execute("INSERT INTO t VALUES (2)") }
                    try db.batch { batch in _ = batch.execute("INSERT INTO t VALUES (3)") }
                    try db.copy(into: "t") { copy in for id in [4, 5] { try copy.row(id) } }
                    try db.execute("CREATE TABLE made (id int)")
                    #expect(try ids(db) == [1, 2, 3, 4, 5])
                    #expect(db.isSandboxed && !db.isInTransaction)
                }
                #expect(throws: Stop.self) {
                    try db.withSandbox {
                        try db.execute("INSERT INTO t VALUES (1)")
                        throw Stop()
                    }
                }
                #expect(try !db.exists("SELECT FROM pg_class WHERE relname = 'made'"))
            }
        }

        @Test(
            "a statement that fails undoes itself and spoils nothing",
            arguments: ["statement", "script", "batch", "copy"])
        func failures(_ how: String) throws {
            try withTable { db in
                try db.withSandbox {
                    try db.execute("INSERT INTO t VALUES (1)")
                    let failure = try error {
                        switch how {
                        case "script": try db.script(unsafe: "INSERT INTO t VALUES (2); INSERT INTO t VALUES (1)")
                        case "batch":
                            try db.batch { batch in
                                batch.execute("INSERT INTO t VALUES (2)")
                                batch.execute("INSERT INTO t VALUES (1)")
                            }
                        case "copy": try db.copy(into: "t") { copy in for id in [2, 1] { try copy.row(id) } }
                        default: try db.execute("INSERT INTO t VALUES (2), (1)")
                        }
                    }
                    #expect(failure.isUniqueViolation)
                    #expect(try ids(db) == [1])
                    try db.execute("INSERT INTO t VALUES (3)")
                    #expect(try ids(db) == [1, 3])
                }
            }
        }

        private func abandon(_ db: Connection, after id: Int) throws {
            try db.transaction {
                try db.execute("INSERT INTO t VALUES (\(id))")
                throw Stop()
            }
        }

        @Test("transactions commit, roll back and nest as they do outside")
        func transactions() throws {
            try withTable { db in
                let (states, found) = try db.withSandbox {
                    var states = [db.isInTransaction]
                    try db.transaction {
                        try db.execute("INSERT INTO t VALUES (1)")
                        states.append(db.isInTransaction)
                        _ = try? abandon(db, after: 2)
                        try db.transaction { try db.execute("INSERT INTO t VALUES (3)") }
                    }
                    _ = try? abandon(db, after: 4)
                    states.append(db.isInTransaction)
                    return (states, try ids(db))
                }
                #expect(states == [false, true, false])
                #expect(found == [1, 3])
            }
        }

        @Test("a transaction that a failed statement has spoilt cannot be committed, and refuses what follows")
        func spoilt() throws {
            try withTable { db in
                try db.withSandbox {
                    try db.execute("INSERT INTO t VALUES (1)")
                    let failure = try error {
                        try db.transaction {
                            try db.execute("INSERT INTO t VALUES (2)")
                            _ = try? db.execute("INSERT INTO t VALUES (1)")
                            let next = try error { try db.execute("INSERT INTO t VALUES (3)") }
                            #expect(next.sqlState == "25P02")
                        }
                    }
                    #expect(failure.code == .rolledBack)
                    #expect(try ids(db) == [1])
                }
            }
        }

        @Test("a transaction that begins with its first statement is committed, rolled back, and forgotten")
        func onDemand() throws {
            try withTable { db in
                try db.withSandbox {
                    for (id, commits) in [(1, true), (2, false), (3, true)] {
                        try db.beginOnDemand()
                        try db.execute("INSERT INTO t VALUES (\(id))")
                        try db.endTransaction(commit: commits)
                    }
                    try db.beginOnDemand()
                    try db.execute("INSERT INTO t VALUES (4)")
                    #expect(db.isInTransaction)
                    db.forgetLeftovers()
                    #expect(try ids(db) == [1, 3])
                    #expect(!db.isInTransaction)
                }
            }
        }

        @Test("a read-only transaction refuses writes, and the next one takes them")
        func readOnly() throws {
            try withTable { db in
                try db.withSandbox {
                    let failure = try error {
                        try db.transaction(isolation: .serializable, readOnly: true) {
                            _ = try db.execute("INSERT INTO t VALUES (1)")
                        }
                    }
                    #expect(failure.sqlState == "25006")
                    let read = try db.transaction(readOnly: true) { try ids(db) }
                    #expect(read.isEmpty)
                    try db.transaction { try db.execute("INSERT INTO t VALUES (2)") }
                    #expect(try ids(db) == [2])
                }
            }
        }

        @Test("a deferred constraint is checked by the commit, or by a statement without a transaction")
        func deferred() throws {
            try withTable { db in
                try db.withSandbox {
                    for _ in 0..<2 {
                        let alone = try error { try db.execute("INSERT INTO child VALUES (1)") }
                        #expect(alone.isForeignKeyViolation)
                        let atCommit = try error {
                            try db.transaction { _ = try db.execute("INSERT INTO child VALUES (1)") }
                        }
                        #expect(atCommit.isForeignKeyViolation && atCommit.statement == "COMMIT")
                    }
                    try db.transaction {
                        try db.execute("INSERT INTO child VALUES (1)")
                        try db.execute("INSERT INTO t VALUES (1)")
                    }
                    #expect(try db.value("SELECT count(*) FROM child") == 1)
                }
            }
        }

        @Test("observers see the program's statements, and none of the sandbox's")
        func observed() throws {
            func work(_ db: Connection) throws -> [String] {
                var seen: [String] = []
                db.observer = { seen.append($0.statement) }
                defer { db.observer = nil }
                try db.execute("INSERT INTO t VALUES (1)")
                try db.transaction { try db.transaction { try db.execute("DELETE FROM t") } }
                _ = try? db.transaction { throw Stop() }
                return seen
            }
            try withTable { db in
                let outside = try work(db)
                let inside = try db.withSandbox { try work(db) }
                #expect(inside == outside && outside.contains("COMMIT"))
            }
        }

        @Test("text that would end the transaction is refused", arguments: [
            "COMMIT", "begin", "/* now */ ROLLBACK", "START TRANSACTION", "END WORK", "ABORT",
            "INSERT INTO t VALUES (1); COMMIT", "PREPARE TRANSACTION 'x'", "ROLLBACK WORK", "ROLLBACK PREPARED 'x'",
        ])
        func refusedText(_ text: String) throws {
            try withTable { db in
                try db.withSandbox {
                    let failure = try error { try db.script(unsafe: text) }
                    #expect(failure.code == .invalidParameter && failure.message.contains("use transaction { }"))
                    #expect(throws: QueryError.self) { try db.execute(.unsafe(text)) }
                    #expect(try ids(db).isEmpty)
                }
            }
        }

        @Test("text that only looks like it is sent", arguments: [
            "PREPARE p AS SELECT 1", "SELECT 'a; COMMIT'", "SAVEPOINT s; ROLLBACK TO s",
            "SAVEPOINT s; ROLLBACK WORK TO SAVEPOINT s", "DO $$ BEGIN PERFORM 1; END $$",
            "CREATE FUNCTION pg_temp.f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END",
        ])
        func allowedText(_ text: String) throws {
            try withTable { db in try db.withSandbox { _ = try db.script(unsafe: text) } }
        }

        @Test("what runs in no transaction, and what never arrives, is refused with the reason")
        func impossible() throws {
            try withTable { db in
                try db.withSandbox {
                    let index = try error { try db.execute("CREATE INDEX CONCURRENTLY i ON t (id)") }
                    #expect(index.sqlState == "25001" && index.message.contains("use a database of its own"))
                    try db.notify("news")
                    for refused in [
                        try error { try db.listen(to: "news") },
                        try error { _ = try db.notifications(timeout: .zero) },
                    ] {
                        #expect(refused.message.contains("no notification arrives here"))
                    }
                    try db.execute("INSERT INTO t VALUES (1)")
                    #expect(try ids(db) == [1])
                }
            }
        }

        @Test("one inside another, or inside a transaction, is refused")
        func nested() throws {
            try withTable { db in
                let inside = try db.withSandbox { try refusal(db) }
                #expect(inside.message.contains("open on this connection already"))
                let outside = try db.transaction { try refusal(db) }
                #expect(outside.message.contains("goes round it"))
                try db.beginOnDemand()
                let awaiting = try refusal(db)
                #expect(awaiting.message == outside.message)
                try db.endTransaction(commit: true)
            }
        }

        private func refusal(_ db: Connection) throws -> QueryError {
            try error { try db.withSandbox { throw Stop() } }
        }

        @Test("a lost connection fails the rest of the test, and the next one works", arguments: ["killed", "closed"])
        func lost(_ how: String) throws {
            try withTable { db in
                try db.withSandbox {
                    try db.execute("INSERT INTO t VALUES (1)")
                    if how == "closed" {
                        db.close()
                    } else {
                        let admin = Connection(settings: ConnectionSettings(url: db.settings.url))
                        try admin.execute("SELECT pg_terminate_backend(\(db.backendProcessID)::int, 5000)")
                        usleep(2000)
                    }
                    for _ in 0..<2 {
                        let failure = try error { _ = try ids(db) }
                        #expect(failure.code == .connectionLost && failure.message.contains("round everything here"))
                    }
                }
                try db.withSandbox { try db.execute("INSERT INTO t VALUES (1)") }
            }
        }

        @Test("serialized ones of a database take turns, others run together")
        func turns() throws {
            try TestDatabase.with { db in
                let other = Connection(settings: db.settings)
                func holdsTurn() throws -> Bool {
                    try db.exists(
                        """
                        SELECT FROM pg_locks
                        WHERE locktype = 'advisory' AND pid = \(other.backendProcessID)::int AND granted
                        """)
                }
                try other.withSandbox {
                    #expect(try holdsTurn())
                    try db.withSandbox(serialized: false) {}
                }
                #expect(try !holdsTurn())
                let holds = try other.withSandbox(serialized: false) { try holdsTurn() }
                #expect(!holds)
                other.close()
            }
        }

        @Test("a time budget holds in it, also after a statement that was undone")
        func budget() throws {
            func timeout(_ db: Connection) throws -> String {
                try db.value("SELECT current_setting('statement_timeout')")
            }
            try withTable { db in
                try db.withSandbox {
                    db.timeBudget = TimeBudget(.seconds(40))
                    var seen = [try timeout(db)]
                    _ = try? db.execute("SELECT 1/0")
                    seen.append(try timeout(db))
                    _ = try? db.transaction {
                        try db.execute("SELECT 1")
                        throw Stop()
                    }
                    seen.append(try timeout(db))
                    #expect(seen == ["40s", "40s", "40s"])
                }
                db.timeBudget = nil
                #expect(try timeout(db) == "0")
            }
        }
    }
}
