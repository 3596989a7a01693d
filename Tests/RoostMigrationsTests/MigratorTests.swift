import Foundation
import RoostMigrations
import RoostPostgres
import Testing

@Suite("Migrating a database", .serialized, .enabled(if: TestFolder.databaseURL != nil))
struct MigratorTests {
    private static let basic = [
        "0001_users.sql":
            "-- migrate:up\nCREATE TABLE users (id int);\nINSERT INTO users VALUES (1);\n-- migrate:down\nDROP TABLE users;\n",
        "0002_posts.sql": "-- migrate:up\nCREATE TABLE posts (id int);\n-- migrate:down\nDROP TABLE posts;\n",
    ]

    private func states(_ migrator: Migrator) throws -> [MigrationStatus.State] {
        try migrator.status().entries.map(\.state)
    }

    @Test("up, again, down, to a version")
    func upAndDown() throws {
        let files = try TestFolder(Self.basic)
        try files.withDatabase { settings, db in
            let migrator = Migrator(settings: settings, folder: try files.read())
            #expect(try states(migrator) == [.pending, .pending])
            #expect(try migrator.upgrade(dryRun: true).count == 2)
            #expect(try states(migrator) == [.pending, .pending])
            #expect(try migrator.upgrade(to: "1").map(\.version) == ["0001"])
            #expect(try migrator.upgrade().map(\.version) == ["0002"])
            #expect(try migrator.upgrade().isEmpty)
            #expect(try migrator.status().isClean && migrator.status().current == "0002")
            #expect(try migrator.downgrade().map(\.version) == ["0002"])
            #expect(try migrator.downgrade(to: "0").map(\.version) == ["0001"])
            #expect(try db.value("SELECT to_regclass('users') IS NULL") == true)
        }
    }

    @Test("an error points at the spot and leaves nothing behind")
    func failure() throws {
        let files = try TestFolder([
            "0001_x.sql": "-- migrate:up\nCREATE TABLE a (id int);\n-- é\nSELECT 'é',\n\tid FROM userz;\nSELECT 3;\n"
        ])
        try files.withDatabase { settings, db in
            let migrator = Migrator(settings: settings, folder: try files.read())
            let error = try #require(throws: MigrationError.self) { try migrator.upgrade() }
            #expect(error.description.contains("0001_x.sql:5:10: error: relation \"userz\" does not exist\n"))
            #expect(error.description.contains("    \tid FROM userz;\n    \t        ^"))
            #expect(try db.value("SELECT to_regclass('a') IS NULL") == true)
            #expect(try states(migrator) == [.pending])
            try files.write("0001_x.sql", "-- migrate:up\nCREATE TABLE a (id int);\n")
            #expect(try Migrator(settings: settings, folder: try files.read()).upgrade().count == 1)
        }
    }

    @Test("a file without a transaction goes on at the first unfinished statement")
    func resume() throws {
        let head =
            "-- migrate:no-transaction\n-- migrate:up\nCREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY i ON a (id);\n"
        let files = try TestFolder(["0001_x.sql": head + "SELECT 1/0;\nCREATE TABLE b (id int);\n"])
        try files.withDatabase { settings, db in
            #expect(throws: MigrationError.self) {
                try Migrator(settings: settings, folder: try files.read()).upgrade()
            }
            #expect(try states(Migrator(settings: settings, folder: try files.read())) == [.unfinished(done: 2)])
            try files.write("0001_x.sql", head.replacingOccurrences(of: "int)", with: "bigint)") + "SELECT 1;\n")
            let changed = try #require(throws: MigrationError.self) {
                try Migrator(settings: settings, folder: try files.read()).upgrade()
            }
            #expect(changed.code == .changed)
            try files.write("0001_x.sql", head + "SELECT 1;\nCREATE TABLE b (id int);\n")
            let migrator = Migrator(settings: settings, folder: try files.read())
            var resumed: [Int] = []
            migrator.onEvent = { if case .resuming(_, let done, _) = $0 { resumed.append(done) } }
            try migrator.upgrade()
            #expect(resumed == [2])
            #expect(try migrator.status().isClean)
            #expect(try db.value("SELECT to_regclass('b') IS NOT NULL") == true)
        }
    }

    @Test("a changed file is refused until accepted; CRLF changes nothing")
    func changed() throws {
        let files = try TestFolder(Self.basic)
        try files.withDatabase { settings, db in
            try Migrator(settings: settings, folder: try files.read()).upgrade()
            let text = Self.basic["0001_users.sql"] ?? ""
            try files.write("0001_users.sql", text.replacingOccurrences(of: "\n", with: "\r\n"))
            #expect(try Migrator(settings: settings, folder: try files.read()).status().isClean)
            try files.write("0001_users.sql", text + "\n-- more")
            let migrator = Migrator(settings: settings, folder: try files.read())
            #expect(try states(migrator) == [.changed, .applied])
            let error = try #require(throws: MigrationError.self) { try migrator.upgrade() }
            #expect(error.code == .changed)
            try migrator.accept("1")
            #expect(try migrator.status().isClean)
            try files.withDatabase { _, _ in }
            try db.execute("DELETE FROM users")
        }
    }

    @Test("a late lower number is reported and applied only on demand; a missing file shows")
    func outOfOrder() throws {
        let files = try TestFolder(["0005_e.sql": "-- migrate:up\nSELECT 5;\n"])
        try files.withDatabase { settings, db in
            try Migrator(settings: settings, folder: try files.read()).upgrade()
            try files.write("0003_c.sql", "-- migrate:up\nSELECT 3;\n")
            let migrator = Migrator(settings: settings, folder: try files.read())
            #expect(try states(migrator) == [.outOfOrder, .applied])
            let error = try #require(throws: MigrationError.self) { try migrator.upgrade() }
            #expect(error.code == .outOfOrder && error.description.contains("0003_c.sql"))
            #expect(try migrator.upgrade(allowOutOfOrder: true).map(\.version) == ["0003"])
            try db.execute("INSERT INTO schema_migrations (version) VALUES ('0001')")
            #expect(try states(migrator) == [.missing, .applied, .applied])
        }
    }

    @Test("dbmate's table is taken over")
    func dbmate() throws {
        let files = try TestFolder(Self.basic)
        try files.withDatabase { settings, db in
            try db.script(
                unsafe:
                    "CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY); INSERT INTO schema_migrations VALUES ('0001')"
            )
            let migrator = Migrator(settings: settings, folder: try files.read())
            #expect(try states(migrator) == [.applied, .pending])
            #expect(try migrator.upgrade().map(\.version) == ["0002"])
        }
    }

    @Test("COMMIT inside a transactional file is refused")
    func transactionControl() throws {
        let files = try TestFolder(["1_x.sql": "-- migrate:up\nCREATE TABLE a (id int);\nCOMMIT;\n"])
        try files.withDatabase { settings, db in
            let error = try #require(throws: MigrationError.self) {
                try Migrator(settings: settings, folder: try files.read()).upgrade()
            }
            #expect(error.line == 3)
            #expect(try db.value("SELECT to_regclass('a') IS NULL") == true)
        }
    }

    @Test("a lock that is not free in time is tried again and its holder named")
    func lockTimeout() throws {
        let files = try TestFolder([
            "1_x.sql": "-- migrate:lock-timeout 100ms\n-- migrate:up\nALTER TABLE t ADD COLUMN n int;\n"
        ])
        try files.withDatabase { settings, db in
            try db.execute("CREATE TABLE t (id int)")
            let migrator = Migrator(settings: settings, folder: try files.read())
            var retries: [[String]] = []
            migrator.onEvent = { event in
                guard case .retrying(_, _, let blockers) = event else { return }
                retries.append(blockers)
                _ = try? db.rollBackLeftovers()
            }
            try db.script(unsafe: "BEGIN; LOCK TABLE t IN ACCESS SHARE MODE")
            try migrator.upgrade()
            #expect(retries.count == 1 && retries[0].contains { $0.contains("LOCK TABLE t") })
            #expect(try migrator.status().isClean)
        }
    }

    @Test("what the server says while a file runs is told, and nothing of the migrator's own tables")
    func notices() throws {
        let files = try TestFolder(["1_x.sql": "-- migrate:up\nDO $$ BEGIN RAISE WARNING 'look here' USING HINT = 'do this'; END $$;\n"])
        try files.withDatabase { settings, _ in
            let migrator = Migrator(settings: settings, folder: try files.read())
            var said: [String] = []
            migrator.onEvent = { if case .notice(let text) = $0 { said.append(text) } }
            try migrator.upgrade()
            try migrator.upgrade()
            #expect(said.count == 1 && said[0].contains("look here") && said[0].contains("do this"))
        }
    }

    @Test("of two migrators at once one applies, the other waits and finds nothing to do")
    func twoMigrators() throws {
        let files = try TestFolder([
            "1_x.sql": "-- migrate:up\nCREATE TABLE a (id int);\nSELECT pg_advisory_xact_lock(4711);\n",
            "2_y.sql": "-- migrate:no-transaction\n-- migrate:up\nCREATE INDEX CONCURRENTLY i ON a (id);\n",
        ])
        try files.withDatabase { settings, db in
            let path = files.path
            let outcomes = Outcomes()
            // The first one stops in its first file until the second one says that it waits.
            try db.execute("SELECT pg_advisory_lock(4711)")
            nonisolated(unsafe) let gate = db
            DispatchQueue.concurrentPerform(iterations: 2) { _ in
                do {
                    let migrator = Migrator(settings: settings, folder: try MigrationFolder(path: path))
                    migrator.onEvent = {
                        guard case .waitingForLock(let holder) = $0 else { return }
                        outcomes.add("waited for \(holder)")
                        _ = try? gate.execute("SELECT pg_advisory_unlock(4711)")
                    }
                    outcomes.add("applied \(try migrator.upgrade().count)")
                } catch {
                    outcomes.add("failed: \(error)")
                }
            }
            let all = outcomes.all.sorted()
            #expect(all.prefix(2) == ["applied 0", "applied 2"])
            #expect(all.count == 3 && all[2].hasPrefix("waited for roost migrations lock (pid "))
            try db.execute("INSERT INTO a VALUES (1)")
        }
    }
}

/// What the migrators of two threads report.
private final class Outcomes: @unchecked Sendable {
    private let lock = NSLock()
    private var texts: [String] = []

    var all: [String] { lock.withLock { texts } }

    func add(_ text: String) {
        lock.withLock { texts.append(text) }
    }
}
