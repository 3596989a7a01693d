import Foundation
import Testing

extension RealPrograms {
    @Suite("A restart of PostgreSQL")
    struct PostgresRestartTests {
        @Test("fails requests only while it lasts; workers stay, with one connection each")
        func restart() throws {
            let cluster = try PrivateCluster()
            defer { cluster.tearDown() }
            try withDeployment(.fixture, ["pool.workers=3", "database.url=\(cluster.url)"]) { deployment in
                let pids = try deployment.workers().map { $0.int("pid") }
                let load = Load(["/sql/one"], clients: 4, port: deployment.port)
                try load.wait(forMore: 30)
                let down = ContinuousClock.now
                try cluster.stop()
                try wait(until: "the outage is noticed") { try deployment.client.get("/sql/one").status >= 500 }
                #expect(try deployment.client.get("/hello").status == 200, "pages without SQL are served")
                try cluster.start()
                let up = ContinuousClock.now
                try load.wait(forMore: 60)
                let samples = try load.stop()
                samples.filter { $0.began + $0.took < down }.expectNoFailures()
                samples.filter { $0.began > up }.expectNoFailures()
                #expect(samples.contains { $0.status >= 500 })
                #expect(try deployment.workers().map { $0.int("pid") } == pids)
                let connections = try psql(
                    cluster.url, "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'roost-fixture%'")
                #expect((1...3).contains(Int(connections) ?? 0), "\(connections) connections")
            }
        }
    }
}
