import Foundation
import Testing

extension RealPrograms {
    @Suite("A view that never ends")
    struct TimeoutTests {
        @Test("is reported, then killed, while others are served quickly")
        func stuck() throws {
            let limits = ["pool.request_timeout=1s", "pool.kill_grace=500ms", "pool.slow_request=300ms"]
            try withDeployment(.fixture, limits + ["pool.workers=3"]) { deployment in
                let stuck = Load(["/stuck"], clients: 1, port: deployment.port, method: "GET", most: 1)
                _ = try deployment.event("slow_request") { $0.text("path") == "/stuck" }
                let others = Load(["/hello"], clients: 2, port: deployment.port)
                let timeout = try deployment.event("request_timeout") { $0.text("path") == "/stuck" }
                #expect(timeout.text("endpoint") == "stuck")
                let killed = try deployment.event("worker_killed") { $0.text("path") == "/stuck" }
                #expect(killed.text("reason") == "request_timeout")
                let exit = try deployment.event("worker_exited") { $0.int("pid") == killed.int("pid") }
                #expect(exit.text("path") == "/stuck")
                let served = try others.stop()
                served.expectNoFailures()
                #expect(served.percentile(0.9) < 50)
                let sample = try #require(try stuck.finish().first)
                #expect([502, 504].contains(sample.status))
                #expect(sample.took < .seconds(5))
                #expect(try deployment.count("worker_killed") <= 2, "nginx does not go on repeating it")
                try deployment.waitForWorkers()
            }
        }

        @Test("in PostgreSQL is cancelled at the timeout, and its worker lives")
        func cancelled() throws {
            let limits = ["pool.request_timeout=500ms", "pool.kill_grace=5s", "pool.slow_request=300ms"]
            try withDeployment(.fixture, limits) { deployment in
                let pids = try deployment.workers().map { $0.int("pid") }
                let answer = try time { try deployment.client.get("/sql/sleep/10000") }
                #expect(answer.result.status == 500)
                #expect(answer.took < .seconds(3))
                #expect(try deployment.event("request_timeout").text("sql")?.contains("pg_sleep") == true)
                #expect(try deployment.client.get("/sql/one").text == "1")
                #expect(try deployment.workers().map { $0.int("pid") } == pids)
            }
        }
    }
}
