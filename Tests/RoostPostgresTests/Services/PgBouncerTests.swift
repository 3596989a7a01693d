import Foundation
import RoostPostgres
import Testing

extension ServerTests {
    @Suite(
        "Behind PgBouncer in transaction mode",
        .enabled(if: ProgramRunner.find("pgbouncer") != nil, "pgbouncer is not installed"))
    struct PgBouncerTests {
        /// Runs the body with a connection through a PgBouncer that shares two server sessions.
        private func withBouncer(_ body: (ConnectionSettings) throws -> Void) throws {
            let program = try #require(ProgramRunner.find("pgbouncer"))
            let server = try ProgramRunner.server()
            let folder = try ProgramRunner.folder()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let configuration = """
                [databases]
                app = host=\(server.host) port=\(server.port) dbname=\(server.database) user=\(server.user)
                [pgbouncer]
                listen_addr =
                unix_socket_dir = \(folder)
                listen_port = 6432
                auth_type = any
                pool_mode = transaction
                default_pool_size = 2
                max_client_conn = 100
                ignore_startup_parameters = options
                logfile = \(folder)/log
                """
            try configuration.write(toFile: folder + "/ini", atomically: false, encoding: .utf8)
            let pid = try ProgramRunner.start([program, "-q", folder + "/ini"], log: folder + "/out")
            // SIGINT would wait for clients that this test still has open.
            defer { ProgramRunner.stop(pid, signal: SIGTERM) }
            for _ in 0..<500 where access(folder + "/.s.PGSQL.6432", F_OK) != 0 { usleep(10_000) }
            var settings = ConnectionSettings(url: "host=\(folder) port=6432 dbname=app user=x")
            settings.pooler = .transaction
            try body(settings)
        }

        /// A table of its own: behind the pooler a session's search path does not last.
        private func withTable(_ body: (ConnectionSettings, SQL) throws -> Void) throws {
            try withBouncer { settings in
                let name = "bounced_\(UInt32.random(in: 0 ... .max))"
                let admin = Connection(settings: ConnectionSettings(url: try #require(TestDatabase.url)))
                try admin.execute("CREATE TABLE \(identifier: name) (id int PRIMARY KEY, n int NOT NULL)")
                defer { _ = try? admin.execute("DROP TABLE \(identifier: name)") }
                try body(settings, .identifier(name))
            }
        }

        @Test("statements of many clients on two sessions never meet a foreign prepared statement")
        func shared() throws {
            try withTable { settings, table in
                let clients = (0..<12).map { _ in Connection(settings: settings) }
                for round in 0..<20 {
                    for (index, client) in clients.enumerated() {
                        let id = round * clients.count + index
                        try client.execute("INSERT INTO \(table) VALUES (\(id), \(index))")
                        let found: Int = try client.value("SELECT n FROM \(table) WHERE id = \(id)")
                        #expect(found == index)
                    }
                }
                let count: Int = try clients[0].value("SELECT count(*) FROM \(table)")
                #expect(count == 240)
                let names: Int = try clients[0].value("SELECT count(*) FROM pg_prepared_statements")
                #expect(names == 0)
            }
        }

        @Test("interleaved transactions, batches and COPY work, and keep apart")
        func transactions() throws {
            try withTable { settings, table in
                let (one, two) = (Connection(settings: settings), Connection(settings: settings))
                try one.transaction {
                    try one.execute("INSERT INTO \(table) VALUES (1, 1)")
                    let unseen: Int = try two.value("SELECT count(*) FROM \(table)")
                    #expect(unseen == 0)
                    try one.transaction { try one.execute("INSERT INTO \(table) VALUES (2, 2)") }
                }
                let (sum, stored) = try two.batch { batch in
                    (
                        batch.value("SELECT sum(n) FROM \(table)", as: Int.self),
                        batch.execute("INSERT INTO \(table) VALUES (\(3), \(3))")
                    )
                }
                #expect(sum == 3 && stored == 1)
                try one.copy(into: table, rows: [(4, 4), (5, 5)])
                var total = 0
                try two.copy(from: "SELECT id, n FROM \(table)", as: Int.self, Int.self) { rows in
                    for (id, n) in rows where id == n { total += n }
                }
                #expect(total == 15)
            }
        }

        @Test("a time budget holds inside transactions and is not left behind in the shared session")
        func budget() throws {
            try withTable { settings, _ in
                let db = Connection(settings: settings)
                db.timeBudget = TimeBudget(.seconds(64))
                let inside: String = try db.transaction { try db.value("SELECT current_setting('statement_timeout')") }
                #expect(inside == "64s")
                let outside: String = try db.value("SELECT current_setting('statement_timeout')")
                #expect(outside == "0")
            }
        }

        @Test("what needs a session is refused with the reason")
        func sessions() throws {
            try withTable { settings, _ in
                let db = Connection(settings: settings)
                let error = try #require(throws: QueryError.self) { try db.listen(to: "c") }
                #expect(error.description.contains("session of its own"))
            }
        }
    }
}
