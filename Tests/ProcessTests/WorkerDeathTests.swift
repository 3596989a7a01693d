import Foundation
import Testing

extension RealPrograms {
    @Suite("A worker's end")
    struct WorkerDeathTests {
        @Test("by kill -9 under load fails no GET, and the worker is replaced within a second")
        func killed() throws {
            try withDeployment(.fixture, ["pool.workers=4"]) { deployment in
                let load = Load(["/hello", "/sleep/20"], clients: 6, port: deployment.port)
                try load.wait(forMore: 100)
                let pid = try #require(try deployment.workers().first?.int("pid"))
                kill(pid_t(pid), SIGKILL)
                let exit = try deployment.event("worker_exited") { $0.int("pid") == pid }
                #expect(exit.text("signal") == "SIGKILL")
                #expect(exit.flag("expected") == false)
                let slot = exit.int("slot")
                let ready = try deployment.event("worker_ready", within: 1) {
                    $0.int("slot") == slot && $0.int("pid") != pid
                }
                #expect(try seconds(from: exit, to: ready) < 1)
                try load.wait(forMore: 50)
                try load.stop().expectNoFailures()
            }
        }

        @Test("by kill -9 under POSTs, which nginx never repeats, fails those alone that were on its connections")
        func killedUnderPosts() throws {
            try withDeployment(.fixture, ["pool.workers=4"]) { deployment in
                let load = Load(["/sleep/5"], clients: 6, port: deployment.port, method: "POST")
                try load.wait(forMore: 100)
                let pid = try #require(try deployment.workers().first?.int("pid"))
                kill(pid_t(pid), SIGKILL)
                _ = try deployment.event("worker_exited") { $0.int("pid") == pid }
                try load.wait(forMore: 100)
                let failures = try load.stop().failures
                print("POSTs failed by kill -9: \(failures.count)")
                #expect(failures.count <= 3, "\(failures)")
            }
        }

        @Test("names the request it held")
        func named() throws {
            try withDeployment { deployment in
                let load = Load(["/sleep/3000"], clients: 1, port: deployment.port, method: "POST", most: 1)
                var pid: Int?
                try wait(until: "a worker runs the request") {
                    pid = try deployment.workers().first { $0.object("request")?.flag("running") == true }?.int("pid")
                    return pid != nil
                }
                kill(pid_t(try #require(pid)), SIGKILL)
                let exit = try deployment.event("worker_exited") { $0.int("pid") == pid }
                #expect(exit.text("method") == "POST")
                #expect(exit.text("path") == "/sleep/3000")
                #expect(exit.text("endpoint") == "sleep_post")
                let sample = try #require(try load.finish().first)
                #expect(sample.status == 502, "a POST is never repeated")
                try wait(until: "nginx has logged it") { try deployment.lines("nginx-access").count == 1 }
                #expect(try deployment.lines("nginx-access").first?.text("request_id") == exit.text("request_id"))
            }
        }

        @Test("names no request when it held none")
        func idle() throws {
            try withDeployment { deployment in
                #expect(try deployment.client.get("/hello").status == 200)
                let pids = try deployment.workers().compactMap { $0.int("pid") }
                for pid in pids { kill(pid_t(pid), SIGKILL) }
                for pid in pids {
                    let exit = try deployment.event("worker_exited") { $0.int("pid") == pid }
                    #expect(exit.text("path") == nil, "\(exit)")
                }
                try deployment.waitForWorkers()
                #expect(try deployment.client.get("/hello").status == 200)
            }
        }

        @Test("by a crash in a view is told as the signal it was, and the pool goes on")
        func crash() throws {
            try withDeployment { deployment in
                #expect(try deployment.client.send("GET", "/crash").status == 502)
                let exit = try deployment.event("worker_exited") { $0.text("signal") == "SIGSEGV" }
                #expect(exit.text("path") == "/crash")
                #expect(try deployment.client.get("/hello").status == 200)
                try deployment.waitForWorkers()
            }
        }

        private func seconds(from first: LogLine, to second: LogLine) throws -> Double {
            func date(_ line: LogLine) throws -> Date {
                try Date(line.text("time") ?? "", strategy: .iso8601.year().month().day().time(includingFractionalSeconds: true))
            }
            return try date(second).timeIntervalSince(try date(first))
        }
    }
}
