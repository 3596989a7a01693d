import Foundation
import RoostPostgres
import Testing

extension ServerTests {
    @Suite(
        "A replica made with pg_basebackup",
        .enabled(if: ProgramRunner.find("pg_basebackup") != nil, "pg_basebackup is not installed"))
    struct ReplicaTests {
        /// Runs the body with the URL of a streaming replica of the tests' server.
        private func withReplica(_ body: (String) throws -> Void) throws {
            let server = try ProgramRunner.server()
            let (copy, start) = (
                try #require(ProgramRunner.find("pg_basebackup")), try #require(ProgramRunner.find("postgres"))
            )
            let folder = try ProgramRunner.folder()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try ProgramRunner.run(
                [
                    copy, "-h", server.host, "-p", server.port, "-U", server.user, "-D", folder + "/data", "-R", "-X",
                    "stream", "-c", "fast", "--no-sync",
                ],
                log: folder + "/copy.log")
            let port = try ProgramRunner.freePort()
            // A standby refuses to start with fewer connections than its primary has.
            let primary = Connection(settings: ConnectionSettings(url: try #require(TestDatabase.url)))
            let most: String = try primary.value("SELECT current_setting('max_connections')")
            let pid = try ProgramRunner.start(
                [
                    start, "-D", folder + "/data", "-k", folder, "-c", "listen_addresses=", "-c", "port=\(port)", "-c",
                    "fsync=off", "-c", "max_connections=\(most)",
                ],
                log: folder + "/replica.log")
            defer { ProgramRunner.stop(pid) }
            let url = "postgresql://\(server.user)@/\(server.database)?host=\(folder)&port=\(port)"
            try wait(for: url)
            try body(url)
        }

        private func wait(for url: String) throws {
            for _ in 0..<200 {
                var settings = ConnectionSettings(url: url)
                settings.connectAttempts = 1
                let replica = Connection(settings: settings)
                if let ready = try? replica.value("SELECT pg_is_in_recovery()", as: Bool.self), ready { return }
                usleep(50_000)
            }
            Issue.record("the replica did not start")
        }

        @Test("reads go to the replica, writes to the primary, and both are observed and cancelled together")
        func reads() throws {
            try withReplica { url in
                try TestDatabase.with {
                    $0.replicaURL = url
                } _: { db in
                    let schema: String = try db.value("SELECT current_schema()::text")
                    try db.execute("CREATE TABLE t (id int)")
                    try db.execute("INSERT INTO t VALUES (1)")
                    var statements: [String] = []
                    db.observer = { statements.append($0.statement) }
                    let table: SQL = "\(identifier: schema).t"
                    let isReplica: Bool = try db.replica.value("SELECT pg_is_in_recovery()")
                    let isPrimary: Bool = try db.value("SELECT NOT pg_is_in_recovery()")
                    #expect(isReplica && isPrimary && statements.count == 2)
                    var found = 0
                    for _ in 0..<200 where found == 0 {
                        found = (try? db.replica.value("SELECT count(*) FROM \(table)", as: Int.self)) ?? 0
                        usleep(20_000)
                    }
                    #expect(found == 1)
                    func write() throws { try db.replica.execute("INSERT INTO \(table) VALUES (2)") }
                    let error = try #require(throws: QueryError.self) { try write() }
                    #expect(error.sqlState == "25006")
                    #expect(db.cancel())
                }
            }
        }

        @Test("without a replica, reads go to the primary")
        func fallback() throws {
            try TestDatabase.with { db in
                #expect(db.replica === db)
            }
        }
    }
}
