import Foundation
import RoostPostgres
import Testing

private struct Stop: Error {}

private func stop() throws {
    throw Stop()
}

extension ServerTests {
    @Suite("Connections")
    struct ConnectionTests {
        /// Ends the connection's server process from another session and waits until it is gone.
        private func kill(_ db: Connection) throws {
            let admin = Connection(settings: ConnectionSettings(url: db.settings.url))
            let pid = db.backendProcessID
            try admin.execute("SELECT pg_terminate_backend(\(pid)::int, 5000)")
        }

        @Test("a connection killed while idle is replaced, even for a write")
        func killedIdle() throws {
            try TestDatabase.with { db in
                try db.execute("CREATE TABLE t (id int)")
                let pid = db.backendProcessID
                try kill(db)
                usleep(2000)
                #expect(try db.execute("INSERT INTO t VALUES (\(1))") == 1)
                #expect(db.backendProcessID != pid)
                #expect(try db.value("SELECT count(*) FROM t") == 1)
            }
        }

        @Test("sessions have their parameters, also those that replace others")
        func sessionParameters() throws {
            try TestDatabase.with({ $0.sessionParameters = [("work_mem", "7MB"), ("roost.word", "it's; --")] }) { db in
                let read = { try db.one("SELECT current_setting('work_mem'), current_setting('roost.word')", as: (String, String).self) }
                let first = try read()
                #expect(first == ("7MB", "it's; --"))
                try kill(db)
                usleep(2000)
                let second = try read()
                #expect(second == ("7MB", "it's; --"))
            }
        }

        @Test("a parameter that the server refuses is named, and nothing runs without it")
        func refusedParameter() throws {
            try TestDatabase.with({ $0.sessionParameters = [("no_such_thing", "1")] }) { db in
                for _ in 0..<2 {
                    let error = try #require(throws: QueryError.self) { try db.execute("SELECT 1") }
                    #expect(error.description.contains("the session parameter no_such_thing cannot be \"1\": unrecognized"))
                }
                #expect(!db.isOpen)
            }
        }

        @Test("behind a pooler in transaction mode sessions keep what they have")
        func parametersBehindPooler() throws {
            try TestDatabase.with({
                $0.sessionParameters = [("work_mem", "7MB")]
                $0.pooler = .transaction
            }) { db in
                let memory: String = try db.value("SELECT current_setting('work_mem')")
                #expect(memory != "7MB")
            }
        }

        @Test("a connection killed inside a transaction fails the rest of it, and the next one works")
        func killedInTransaction() throws {
            try TestDatabase.with { db in
                try db.execute("CREATE TABLE t (id int)")
                let error = try #require(throws: QueryError.self) {
                    try db.transaction {
                        try db.execute("INSERT INTO t VALUES (1)")
                        try kill(db)
                        usleep(2000)
                        #expect(throws: QueryError.self) { try db.execute("INSERT INTO t VALUES (2)") }
                        try db.execute("INSERT INTO t VALUES (3)")
                    }
                }
                #expect(error.code == .connectionLost && error.description.contains("inside a transaction"))
                try db.transaction { try db.execute("INSERT INTO t VALUES (4)") }
                #expect(try db.rows("SELECT id FROM t", as: Int.self) == [4])
            }
        }

        @Test("a statement killed half-way is repeated when it reads, refused when it writes")
        func killedRunning() throws {
            try TestDatabase.with { db in
                try db.script(unsafe: "CREATE SEQUENCE s; CREATE TABLE t (id int); SELECT nextval('s')")
                // The first run kills its own session; the second sees the counter moved on.
                let suicide: SQL = """
                    SELECT CASE WHEN nextval('s') = 2 THEN pg_terminate_backend(pg_backend_pid())::int ELSE 7 END
                    """
                #expect(try db.value(suicide) == 7)
                let error = try #require(throws: QueryError.self) {
                    try db.execute("INSERT INTO t SELECT pg_terminate_backend(pg_backend_pid())::int")
                }
                #expect(error.code == .connectionLost && error.description.contains("may or may not"))
                #expect(try db.value("SELECT count(*) FROM t") == 0)
            }
        }

        @Test("a result type changed by DDL is prepared anew outside a transaction and reported inside one")
        func changedResultType() throws {
            try TestDatabase.with { db in
                try db.script(unsafe: "CREATE TABLE t (id int); INSERT INTO t VALUES (1)")
                #expect(try db.rows("SELECT * FROM t").columnNames == ["id"])
                try db.execute("ALTER TABLE t ADD COLUMN name text DEFAULT 'x'")
                #expect(try db.rows("SELECT * FROM t").columnNames == ["id", "name"])
                try db.execute("ALTER TABLE t ALTER COLUMN id TYPE bigint")
                let error = try #require(throws: QueryError.self) {
                    try db.transaction { _ = try db.rows("SELECT * FROM t") }
                }
                #expect(error.sqlState == "0A000" && error.hint?.contains("run the transaction again") == true)
                #expect(try db.rows("SELECT * FROM t", as: (Int, String).self).first?.0 == 1)
                try db.execute("DISCARD ALL")
                try db.execute("SET search_path TO \(identifier: schema(db))")
                #expect(try db.rows("SELECT * FROM t").count == 1)
            }
        }

        private func schema(_ db: Connection) -> String {
            String(db.settings.url.split(separator: "%3D").last ?? "")
        }

        @Test("the statement cache is bounded")
        func boundedCache() throws {
            try TestDatabase.with {
                $0.statementCacheSize = 4
            } _: { db in
                for index in 0..<20 {
                    _ = try db.rows(
                        "SELECT \(identifier: "x\(index)") FROM (SELECT 1) AS t(\(identifier: "x\(index)"))")
                }
                #expect(try db.value("SELECT count(*) FROM pg_prepared_statements", as: Int.self) <= 6)
            }
        }

        @Test("no server: an error soon, and sooner the second time")
        func noServer() throws {
            let db = Connection(settings: ConnectionSettings(url: "postgresql:///x?host=/nonexistent"))
            let error = try #require(throws: QueryError.self) { try db.value("SELECT 1", as: Int.self) }
            #expect(error.code == .unavailable && error.description.contains("/nonexistent"))
            let start = Timestamp.now
            #expect(throws: QueryError.self) { try db.value("SELECT 1", as: Int.self) }
            #expect(Timestamp.now.microseconds - start.microseconds < 50_000)
        }

        @Test("cancel from a signal handler's thread of events ends a running statement, and timers do not disturb one")
        func signals() throws {
            try TestDatabase.with { db in
                #expect(!db.cancel())
                let error = try #require(throws: QueryError.self) {
                    try db.execute("SET statement_timeout = 50")
                    _ = try db.rows("SELECT pg_sleep(5)")
                }
                #expect(error.isCancelled)
                try db.execute("RESET statement_timeout")
                signal(SIGALRM) { _ in }
                var timer = itimerval()
                timer.it_interval.tv_usec = 1000
                timer.it_value.tv_usec = 1000
                setitimer(Int32(ITIMER_REAL.rawValue), &timer, nil)
                for _ in 0..<20 { #expect(try db.value("SELECT 1 FROM pg_sleep(0.01)") == 1) }
                var off = itimerval()
                setitimer(Int32(ITIMER_REAL.rawValue), &off, nil)
                #expect(db.cancel())
            }
        }

        /// Not Foundation's Process: it waits for every descendant, and the restarted server is one.
        private func shell(_ command: String) throws {
            var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/sh"), strdup("-c"), strdup(command), nil]
            defer { for argument in arguments { free(argument) } }
            var pid: pid_t = 0
            try #require(posix_spawn(&pid, "/bin/sh", nil, nil, &arguments, nil) == 0)
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
            try #require(status == 0)
        }

        @Test(
            "a restarted server is met again at the first statement",
            .enabled(if: ProcessInfo.processInfo.environment["ROOST_TEST_RESTART"] != nil))
        func restart() throws {
            try TestDatabase.with { db in
                try db.execute("CREATE TABLE t (id int)")
                #expect(try db.value("SELECT 1 FROM (SELECT 1) x") == 1)
                try shell(ProcessInfo.processInfo.environment["ROOST_TEST_RESTART"] ?? "")
                #expect(try db.execute("INSERT INTO t VALUES (1)") == 1)
                #expect(try db.value("SELECT count(*) FROM t") == 1)
            }
        }
    }

    @Suite("Transactions")
    struct TransactionTests {

        @Test("a thrown error rolls back, a nested one only its own part")
        func rollback() throws {
            try TestDatabase.with { db in
                try db.execute("CREATE TABLE t (id int PRIMARY KEY)")
                do {
                    try db.transaction {
                        try db.execute("INSERT INTO t VALUES (1)")
                        try stop()
                    }
                    Issue.record("the error was swallowed")
                } catch is Stop {}
                try db.transaction {
                    try db.execute("INSERT INTO t VALUES (2)")
                    #expect(throws: QueryError.self) {
                        try db.transaction { try db.execute("INSERT INTO t VALUES (3), (2)") }
                    }
                    try db.transaction { try db.execute("INSERT INTO t VALUES (4)") }
                }
                #expect(try db.rows("SELECT id FROM t ORDER BY id", as: Int.self) == [2, 4])
                #expect(!db.isInTransaction)
            }
        }

        @Test("a commit that the server turns into a rollback is an error")
        func silentRollback() throws {
            try TestDatabase.with { db in
                let error = try #require(throws: QueryError.self) {
                    try db.transaction { _ = try? db.execute("SELECT 1/0") }
                }
                #expect(error.code == .rolledBack)
            }
        }

        @Test("a transaction left open is rolled back before the next user")
        func leftovers() throws {
            try TestDatabase.with { db in
                try db.execute("CREATE TABLE t (id int)")
                try db.execute("BEGIN")
                try db.execute("INSERT INTO t VALUES (1)")
                #expect(try db.rollBackLeftovers())
                #expect(try db.value("SELECT count(*) FROM t") == 0)
                #expect(try !db.rollBackLeftovers())
            }
        }

        @Test("read-only refuses writes; isolation is what was asked for; retries run the body again")
        func options() throws {
            try TestDatabase.with { db in
                try db.execute("CREATE TABLE t (id int)")
                #expect(throws: QueryError.self) {
                    try db.transaction(readOnly: true) { try db.execute("INSERT INTO t VALUES (1)") }
                }
                try db.transaction(isolation: .serializable) {
                    let level: String = try db.value("SELECT current_setting('transaction_isolation')")
                    #expect(level == "serializable")
                }
                var runs = 0
                try db.transaction(retries: 3) {
                    runs += 1
                    if runs < 3 { try db.script(unsafe: "DO $$ BEGIN RAISE SQLSTATE '40001'; END $$") }
                }
                #expect(runs == 3)
            }
        }
    }
}
