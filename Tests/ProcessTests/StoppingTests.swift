import Foundation
import Testing

extension RealPrograms {
    @Suite("Stopping and reloading")
    struct StoppingTests {
        @Test("TERM under load answers every request that had reached the pool, ends with 0 and leaves nothing behind")
        func term() throws {
            try withDeployment(.fixture, ["pool.workers=4"]) { deployment in
                let slow = Load(["/sleep/800"], clients: 3, port: deployment.port, method: "POST", most: 1)
                let fast = Load(["/hello"], clients: 3, port: deployment.port)
                try wait(until: "three slow requests run") { try busy(deployment) >= 3 }
                try fast.wait(forMore: 30)
                deployment.pool?.send(SIGTERM)
                let told = ContinuousClock.now
                #expect(try deployment.pool?.wait() == 0)
                try slow.finish().expectNoFailures()
                // What was asked before the signal had reached the pool; later ones may find nobody.
                let before = try fast.stop().filter { $0.began + $0.took < told || $0.began < told - .milliseconds(50) }
                before.expectNoFailures()
                #expect(deployment.processes() == [])
                #expect(access(deployment.socket, F_OK) != 0)
                #expect(access("\(deployment.folder)/pool.pid", F_OK) != 0)
                try deployment.startPool()
                #expect(try deployment.client.get("/hello").status == 200)
            }
        }

        @Test("a second TERM does not wait for slow requests")
        func twice() throws {
            try withDeployment { deployment in
                let slow = Load(["/sleep/20000"], clients: 1, port: deployment.port, method: "POST", most: 1)
                try wait(until: "the slow request runs") { try busy(deployment) == 1 }
                deployment.pool?.send(SIGTERM)
                _ = try deployment.event("stopping")
                deployment.pool?.send(SIGTERM)
                #expect(try deployment.pool?.wait(3) == 0)
                #expect(deployment.processes() == [])
                #expect(try slow.finish().first?.status == 502)
            }
        }

        @Test("TERM to one worker under load fails no request, and another takes its place")
        func oneWorker() throws {
            try withDeployment(.fixture, ["pool.workers=3"]) { deployment in
                let gets = Load(["/hello", "/sleep/20"], clients: 4, port: deployment.port)
                let posts = Load(["/sleep/5"], clients: 2, port: deployment.port, method: "POST")
                for _ in 0..<3 {
                    try gets.wait(forMore: 30)
                    let pid = try #require(try deployment.workers().first?.int("pid"))
                    kill(pid_t(pid), SIGTERM)
                    _ = try deployment.event("worker_exited") { $0.int("pid") == pid }
                    try deployment.waitForWorkers()
                }
                try posts.wait(forMore: 20)
                try gets.stop().expectNoFailures()
                try posts.stop().expectNoFailures()
            }
        }

        @Test("HUP under load replaces every worker and fails no request")
        func reload() throws {
            try withDeployment(.fixture, ["pool.workers=3"]) { deployment in
                let gets = Load(["/hello", "/sleep/20"], clients: 4, port: deployment.port)
                let posts = Load(["/sleep/5"], clients: 2, port: deployment.port, method: "POST")
                try gets.wait(forMore: 30)
                let old = try deployment.workers().compactMap { $0.int("pid") }
                deployment.pool?.send(SIGHUP)
                _ = try deployment.event("reloaded", within: 10)
                try deployment.waitForWorkers()
                let new = try deployment.workers()
                #expect(new.count == 3)
                #expect(Set(new.compactMap { $0.int("pid") }).isDisjoint(with: old))
                #expect(new.allSatisfy { $0.int("generation") == 2 })
                try gets.wait(forMore: 30)
                try gets.stop().expectNoFailures()
                try posts.stop().expectNoFailures()
            }
        }

        @Test("a reload whose workers do not boot is given up with the reason, and the old workers serve on")
        func failedReload() throws {
            let file = "/tmp/roost-p-boot-\(UUID().uuidString.prefix(6))"
            defer { unlink(file) }
            try withDeployment(.fixture, ["fixture.boot_file=\(file)"]) { deployment in
                let pids = try deployment.workers().map { $0.int("pid") }
                let load = Load(["/hello"], clients: 2, port: deployment.port)
                try Data().write(to: URL(filePath: file))
                let answer = try deployment.command("reload")
                #expect(answer.status == 1)
                #expect(answer.errors.contains("SIGABRT"), "\(answer.errors)")
                #expect(try deployment.event("reload_failed").text("reason")?.contains("SIGABRT") == true)
                try deployment.waitForWorkers()
                #expect(try deployment.workers().map { $0.int("pid") } == pids)
                try load.stop().expectNoFailures()
                unlink(file)
                #expect(try deployment.command("reload").status == 0)
            }
        }

        @Test("max_requests replaces the workers again and again and fails no request")
        func recycling() throws {
            try withDeployment(.fixture, ["pool.max_requests=40", "pool.workers=3"]) { deployment in
                let gets = Load(["/hello"], clients: 3, port: deployment.port, most: 200)
                let posts = Load(["/sleep/1"], clients: 3, port: deployment.port, method: "POST", most: 100)
                try gets.finish().expectNoFailures()
                try posts.finish().expectNoFailures()
                #expect(try deployment.count("worker_recycling") >= 5)
                let exits = try deployment.events("worker_exited")
                #expect(exits.allSatisfy { $0.flag("expected") == true })
            }
        }

        private func busy(_ deployment: Deployment) throws -> Int {
            try deployment.workers().count {
                $0.object("request")?.flag("running") == true && $0.object("request")?.text("path")?.hasPrefix("/sleep") == true
            }
        }
    }
}
