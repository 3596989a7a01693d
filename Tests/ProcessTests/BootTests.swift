import Foundation
import Testing

extension RealPrograms {
    @Suite("Booting")
    struct BootTests {
        @Test("an app that throws ends with 3 and says why", arguments: ["throw", "crash"])
        func throwing(behaviour: String) throws {
            try withPool(["fixture.boot=\(behaviour)"]) { deployment in
                try deployment.spawnPool()
                #expect(try deployment.pool?.wait() == 3)
                let errors = Files.text("\(deployment.folder)/serve.err")
                let reason = behaviour == "throw" ? "the fixture was told to fail" : "SIGABRT"
                #expect(errors.contains(reason), "\(errors)")
                #expect(try deployment.event("cannot_boot").text("reason")?.contains(reason) == true)
                #expect(deployment.processes() == [])
                #expect(access(deployment.socket, F_OK) != 0)
            }
        }

        @Test("an app that hangs ends with 3 at boot_timeout")
        func hanging() throws {
            try withPool(["fixture.boot=hang", "pool.boot_timeout=700ms"]) { deployment in
                try deployment.spawnPool()
                let end = try time { try deployment.pool?.wait(5) }
                #expect(end.result == 3)
                #expect(end.took > .milliseconds(500))
                #expect(Files.text("\(deployment.folder)/serve.err").contains("boot timeout"))
                #expect(deployment.processes() == [])
            }
        }

        @Test("workers that stop booting later are tried again ever more slowly, and the rest serve on")
        func backOff() throws {
            let file = "/tmp/roost-p-boot-\(UUID().uuidString.prefix(6))"
            defer { unlink(file) }
            try withDeployment(.fixture, ["fixture.boot_file=\(file)"]) { deployment in
                try Data().write(to: URL(filePath: file))
                let pid = try #require(try deployment.workers().first?.int("pid"))
                kill(pid_t(pid), SIGKILL)
                let load = Load(["/hello"], clients: 2, port: deployment.port)
                try wait(10, until: "three boots have failed") { try deployment.count("boot_failed") >= 3 }
                let delays = try deployment.events("backing_off").compactMap { $0.number("delay") }
                #expect(delays == delays.sorted() && delays.count >= 2 && Set(delays).count > 1, "\(delays)")
                #expect(try deployment.status().object("pool")?.flag("backing_off") == true)
                #expect(try deployment.client.get("/hello").status == 200)
                unlink(file)
                try deployment.waitForWorkers()
                #expect(try deployment.workers().count == 2)
                try load.stop().expectNoFailures()
            }
        }

        @Test("a second pool on the same socket is refused with 3, and the first goes on")
        func second() throws {
            try withDeployment { deployment in
                let arguments = ["serve"] + deployment.arguments
                let answer = try ChildProcess.run(deployment.program.path, arguments)
                #expect(answer.status == 3)
                #expect(answer.errors.contains("pool.sock"), "\(answer.errors)")
                #expect(try deployment.client.get("/hello").status == 200)
                #expect(try deployment.command("status").status == 0)
                #expect(Files.text("\(deployment.folder)/pool.pid").hasPrefix("\(deployment.pool?.pid ?? 0)"))
            }
        }

        @Test("a killed master leaves no worker, and its socket does not stop the next start")
        func killedMaster() throws {
            try withDeployment { deployment in
                deployment.pool?.send(SIGKILL)
                #expect(try deployment.pool?.wait() == 128 + SIGKILL)
                try wait(until: "the workers end by themselves") { deployment.processes().isEmpty }
                #expect(access(deployment.socket, F_OK) == 0)
                try deployment.startPool()
                #expect(try deployment.event("stale_socket_removed").text("path") == deployment.socket)
                #expect(try deployment.client.get("/hello").status == 200)
            }
        }

        @Test("in production, what signs does not start with a secret key that is missing or known", arguments: [
            ("", "is not set"), ("hard to guess string", "is printed in books"),
            ("a long sentence of nobody else", nil as String?),
        ])
        func secretKey(key: String, reason: String?) throws {
            let environment = key.isEmpty ? [:] : ["SECRET_KEY": key]
            let signs = ["--set", "fixture.signs=true"]
            let check = try ChildProcess.run(Programs.fixture, ["check"] + signs, environment: environment)
            #expect((check.status == 0) == (reason == nil), "\(check)")
            let saysWhy = reason.map { check.errors.contains($0) } ?? check.errors.isEmpty
            #expect(saysWhy, "\(check)")
            #expect(try ChildProcess.run(Programs.fixture, ["check"]).status == 0)
            guard let reason else { return }
            try withPool([]) { deployment in
                let served = try ChildProcess.run(
                    Programs.fixture, ["serve"] + deployment.arguments + signs, environment: environment)
                #expect(served.status == 3 && served.errors.contains(reason), "\(served)")
            }
        }

        private func withPool(_ settings: [String], _ body: (Deployment) throws -> Void) throws {
            let deployment = try Deployment(.fixture, settings)
            defer { deployment.tearDown() }
            try body(deployment)
        }
    }
}
