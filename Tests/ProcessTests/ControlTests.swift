import Foundation
import Testing

extension RealPrograms {
    @Suite("The commands")
    struct ControlTests {
        @Test("status answers quickly while every worker is busy, with path and state")
        func status() throws {
            try withDeployment { deployment in
                let load = Load(["/sleep/1500"], clients: 2, port: deployment.port, most: 1)
                try wait(until: "both workers are busy") {
                    try deployment.workers().allSatisfy { $0.object("request")?.flag("running") == true }
                }
                let times = try (0..<3).map { _ in try time { try deployment.workers() } }
                let best = try #require(times.min { $0.took < $1.took })
                print("status while all are busy: \(best.took.milliseconds) ms")
                #expect(best.took < .milliseconds(200))
                for worker in times[0].result {
                    #expect(worker.text("state") == "view")
                    #expect(worker.object("request")?.text("path") == "/sleep/1500")
                    #expect(worker.object("request")?.text("endpoint") == "sleep")
                }
                try load.finish().expectNoFailures()
            }
        }

        @Test("scale, and the signals TTIN and TTOU, change the number of workers without failing a request")
        func scale() throws {
            try withDeployment { deployment in
                let load = Load(["/hello"], clients: 2, port: deployment.port)
                #expect(try deployment.command("scale", "4").status == 0)
                try waitForWorkers(4, deployment)
                deployment.pool?.send(SIGTTIN)
                try waitForWorkers(5, deployment)
                deployment.pool?.send(SIGTTOU)
                try waitForWorkers(4, deployment)
                #expect(try deployment.command("scale", "1").status == 0)
                try waitForWorkers(1, deployment)
                #expect(try deployment.command("scale", "0").status != 0)
                #expect(try deployment.command("scale", "100000").status == 1)
                deployment.pool?.send(SIGTTOU)
                _ = try deployment.event("scale_refused") { $0.int("asked") == 0 && $0.text("reason") != nil }
                try load.stop().expectNoFailures()
                #expect(try deployment.workers().count == 1)
            }
        }

        @Test("reload, reopen-logs and stop do what the signals do")
        func commands() throws {
            try withDeployment { deployment in
                #expect(try deployment.command("reopen-logs").status == 0)
                _ = try deployment.event("logs_reopened")
                #expect(try deployment.command("reload").status == 0)
                _ = try deployment.event("reloaded", within: 10)
                #expect(try deployment.command("status").output.contains("generation 2"))
                #expect(try deployment.command("stop").status == 0)
                #expect(try deployment.pool?.wait() == 0)
            }
        }

        @Test("end with 4 where there is no pool", arguments: ["status", "stop", "reload", "reopen-logs"])
        func noPool(command: String) throws {
            let answer = try ChildProcess.run(Programs.fixture, [command, "--set", "pool.control=/tmp/roost-p-none"])
            #expect(answer.status == 4, "\(answer.errors)")
            #expect(answer.errors.contains("/tmp/roost-p-none"))
        }

        private func waitForWorkers(_ count: Int, _ deployment: Deployment) throws {
            try wait(until: "there are \(count) workers") { try deployment.workers().count == count }
            try deployment.waitForWorkers()
        }
    }
}
