import Foundation
import RoostPostgres
import Testing

extension ServerTests {
    @Suite("Failures of the server")
    struct FailureTests {
        @Test("a statement beyond its time budget is cancelled, and says that it was the budget")
        func budget() throws {
            try TestDatabase.with { db in
                db.timeBudget = TimeBudget(.milliseconds(200))
                let error = try #require(throws: QueryError.self) { try db.rows("SELECT pg_sleep(5)") }
                #expect(error.isCancelled && error.hint?.contains("time was used up") == true)
                db.timeBudget = nil
                #expect(try db.value("SHOW statement_timeout", as: String.self) == "0")
            }
        }

        @Test("an unchanged budget costs no statement, a smaller one is set, a rolled back one set again")
        func budgetIsCheap() throws {
            try TestDatabase.with { db in
                func timeout() throws -> String { try db.value("SELECT current_setting('statement_timeout')") }
                db.timeBudget = TimeBudget(.seconds(64))
                #expect(try timeout() == "64s")
                // Changed behind the connection's back: as long as the value still does, nothing is sent.
                try db.execute("SET statement_timeout = 77000")
                #expect(try timeout() == "77s")
                db.timeBudget = TimeBudget(.seconds(64))
                #expect(try timeout() == "77s")
                db.timeBudget = TimeBudget(.seconds(8))
                #expect(try timeout() == "8s")
                try db.execute("BEGIN")
                db.timeBudget = TimeBudget(.seconds(64))
                #expect(try timeout() == "64s")
                try db.execute("ROLLBACK")
                #expect(try timeout() == "64s")
                db.close()
                #expect(try timeout() == "64s")
            }
        }

        @Test("a deadlock is an error for one of two, and a retry brings it through")
        func deadlock() throws {
            try TestDatabase.with { first in
                try first.script(
                    unsafe: "CREATE TABLE d (id int PRIMARY KEY, n int); INSERT INTO d VALUES (1, 0), (2, 0)")
                let url = first.settings.url
                var runs = 0
                // The other side locks in the opposite order, in a thread of its own.
                let other = Thread {
                    let second = Connection(settings: ConnectionSettings(url: url))
                    _ = try? second.transaction(retries: 5) {
                        try second.execute("UPDATE d SET n = n + 1 WHERE id = 2")
                        try second.execute("SELECT pg_sleep(0.15)")
                        try second.execute("UPDATE d SET n = n + 1 WHERE id = 1")
                    }
                }
                other.start()
                try first.execute("SET deadlock_timeout = '20ms'")
                try first.transaction(retries: 5) {
                    runs += 1
                    try first.execute("UPDATE d SET n = n + 1 WHERE id = 1")
                    try first.execute("SELECT pg_sleep(0.15)")
                    try first.execute("UPDATE d SET n = n + 1 WHERE id = 2")
                }
                for _ in 0..<500 where !other.isFinished { usleep(10_000) }
                #expect(other.isFinished)
                // Both came through, whichever of them had to run again.
                #expect(try first.rows("SELECT n FROM d ORDER BY id", as: Int.self) == [2, 2])
                #expect(runs >= 1)
            }
        }

        @Test("a serialization failure is retried when asked for, and reported otherwise")
        func serialization() throws {
            try TestDatabase.with { db in
                try db.script(unsafe: "CREATE TABLE s (n int); INSERT INTO s VALUES (0)")
                let other = Connection(settings: db.settings)
                func bump(retries: Int, disturbed: Int) throws -> Int {
                    var runs = 0
                    try db.transaction(isolation: .serializable, retries: retries) {
                        runs += 1
                        let n: Int = try db.value("SELECT n FROM s")
                        if runs <= disturbed { try other.execute("UPDATE s SET n = n + 10") }
                        try db.execute("UPDATE s SET n = \(n + 1)")
                    }
                    return runs
                }
                let error = try #require(throws: QueryError.self) { _ = try bump(retries: 0, disturbed: 1) }
                #expect(error.sqlState == "40001" && error.isRetryable)
                #expect(try bump(retries: 3, disturbed: 2) == 3)
                #expect(try db.value("SELECT n FROM s", as: Int.self) == 31)
            }
        }

        @Test("when the server takes no more connections, the error says so and the next attempt works")
        func tooMany() throws {
            let base = try #require(TestDatabase.url)
            let admin = Connection(settings: ConnectionSettings(url: base))
            let role = "few_\(UInt32.random(in: 0 ... .max))"
            try admin.execute("CREATE ROLE \(identifier: role) LOGIN CONNECTION LIMIT 1")
            defer { _ = try? admin.execute("DROP ROLE \(identifier: role)") }
            var settings = ConnectionSettings(url: base + (base.contains("?") ? "&" : "?") + "user=\(role)")
            settings.connectAttempts = 1
            let (first, second) = (Connection(settings: settings), Connection(settings: settings))
            defer { for connection in [first, second] { connection.close() } }
            #expect(try first.value("SELECT 1 WHERE true", as: Int.self) == 1)
            let error = try #require(throws: QueryError.self) { try second.value("SELECT 1", as: Int.self) }
            #expect(error.code == .unavailable && error.description.contains("too many connections"))
            first.close()
            usleep(1_200_000)
            #expect(try second.value("SELECT 1 WHERE true", as: Int.self) == 1)
        }

        @Test("cancel from a signal handler ends a running statement")
        func cancelFromSignal() throws {
            try TestDatabase.with { db in
                try db.execute("SELECT 1")
                SignalTarget.connection.pointee = Unmanaged.passUnretained(db)
                let old = signal(SIGALRM) { _ in
                    _ = SignalTarget.connection.pointee?.takeUnretainedValue().cancel()
                }
                defer {
                    signal(SIGALRM, old)
                    SignalTarget.connection.pointee = nil
                }
                var timer = itimerval()
                timer.it_value.tv_usec = 100_000
                setitimer(Int32(ITIMER_REAL.rawValue), &timer, nil)
                let error = try #require(throws: QueryError.self) { try db.rows("SELECT pg_sleep(10)") }
                #expect(error.isCancelled && error.hint == nil)
                try TestDatabase.expectAlive(db)
            }
        }

        @Test("a transaction on demand begins with the first statement, and ends as it is told")
        func onDemand() throws {
            try TestDatabase.with { db in
                try db.execute("CREATE TABLE o (id int)")
                try db.beginOnDemand()
                #expect(!db.isInTransaction)
                try db.endTransaction(commit: true)
                try db.beginOnDemand(isolation: .repeatableRead)
                try db.execute("INSERT INTO o VALUES (1)")
                #expect(db.isInTransaction)
                #expect(try db.value("SELECT current_setting('transaction_isolation')") == "repeatable read")
                func inner() throws { try db.transaction { try db.execute("INSERT INTO o SELECT 1 / 0") } }
                #expect(throws: QueryError.self) { try inner() }
                try db.endTransaction(commit: true)
                #expect(try db.value("SELECT count(*) FROM o", as: Int.self) == 1)
                try db.beginOnDemand()
                try db.execute("INSERT INTO o VALUES (2)")
                try db.endTransaction(commit: false)
                try db.beginOnDemand()
                try db.rollBackLeftovers()
                #expect(try db.value("SELECT count(*) FROM o", as: Int.self) == 1)
                try TestDatabase.expectAlive(db)
            }
        }
    }
}

/// What the signal handler may touch: memory at a fixed place.
private enum SignalTarget {
    nonisolated(unsafe) static let connection: UnsafeMutablePointer<Unmanaged<Connection>?> = {
        let place = UnsafeMutablePointer<Unmanaged<Connection>?>.allocate(capacity: 1)
        place.initialize(to: nil)
        return place
    }()
}
