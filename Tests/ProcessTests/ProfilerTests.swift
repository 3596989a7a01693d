import Foundation
import Testing

extension RealPrograms {
    @Suite("The profiler")
    struct ProfilerTests {
        @Test("keeps slow and failed requests of every worker, and joins them with the logs by request id")
        func slowRequests() throws {
            try withProfiles(["slow_query.threshold=100ms", "profiler.threshold=200ms"]) { deployment, profiles in
                for path in ["/hello", "/sleep/300", "/sql/sleep/150", "/fail", "/sql/one"] {
                    _ = try deployment.client.get(path)
                }
                try wait(until: "three profiles are there") { try self.names(profiles).count == 3 }
                let access = try deployment.lines("access", atLeast: 5)
                for line in access {
                    let isKept = ["/sleep/300", "/sql/sleep/150", "/fail"].contains(line.text("path") ?? "")
                    #expect(line.has("profile") == isKept, "\(line)")
                }
                let sleep = try #require(access.first { $0.text("path") == "/sleep/300" })
                let name = try #require(sleep.text("profile"))
                #expect(name.contains("-sleep-3"))
                let report = Files.text("\(profiles)/\(name).txt")
                #expect(report.contains(try #require(sleep.text("request_id"))))
                #expect(report.contains("pause(milliseconds:)"), "\(report)")
                let slow = try #require(try deployment.lines("slow").first)
                let pattern = try #require(slow.text("profile"))
                let shown = try command("profiles", "show", pattern, "--profile-dir", profiles)
                #expect(shown.status == 0, "\(shown.errors)")
                #expect(shown.output.contains("pg_sleep") && shown.output.contains("slow-query record (slow)"))
                #expect(shown.output.contains("(roost_fixture/Fixture.swift:"), "the statement's call site")
                let listed = try command("profiles", "list", "--kept", "failed", "--profile-dir", profiles)
                #expect(listed.output.contains("  500  failed  ") && listed.output.split(separator: "\n").count == 2)
                let found = try command(
                    "profiles", "list", "--json", "--request", slow.text("request_id") ?? "", "--profile-dir", profiles)
                #expect(found.output.contains("\"endpoint\":\"sql_sleep\""))
                try self.checkReports(profiles)
            }
        }

        @Test("profiles each of several workers for itself")
        func workers() throws {
            try withProfiles(["profiler.mode=all", "pool.workers=2"]) { deployment, profiles in
                let load = Load(["/sleep/20"], clients: 4, port: deployment.port)
                try load.wait(forMore: 20)
                _ = try load.stop()
                try wait(until: "profiles of two processes are there") {
                    try Set(self.names(profiles).map { $0.split(separator: "-").suffix(2).first }).count == 2
                }
                #expect(try self.names(profiles).allSatisfy { $0.contains("-sleep-") })
            }
        }

        @Test("disturbs nothing at 5,000 samples a second: bodies, chunks, SQL, child processes, cancelled requests")
        func interruptions() throws {
            let settings = [
                "profiler.mode=all", "profiler.hertz=5000", "profiler.max_files=3", "pool.request_timeout=1s",
                // Long: writing 5,000 samples may take a busy machine a while, and this is not about the kill.
                "pool.kill_grace=30s", "pool.slow_request=500ms", "http.spool_above=64KB", "http.spool_folder=/tmp",
            ]
            try withProfiles(settings) { deployment, profiles in
                let body = [UInt8](repeating: 120, count: 3_000_000)
                for _ in 0..<3 {
                    #expect(try deployment.client.send("POST", "/upload", body: body).text == "file 3000000")
                    #expect(try deployment.client.get("/bytes/5000000").body.count == 5_000_000)
                    #expect(try deployment.client.get("/chunks/500").status == 200)
                    let slept = try time { try deployment.client.get("/sleep/200") }
                    #expect(slept.result.status == 200 && slept.took.milliseconds >= 199)
                    #expect(try deployment.client.get("/sql/sleep/100").status == 200)
                    #expect(try deployment.client.get("/child").text == "7", "no signal of the timer reaches a child")
                }
                #expect(try deployment.client.get("/sql/sleep/5000").status == 500, "cancelled after a second")
                #expect(try deployment.client.get("/sql/one").text == "1")
                #expect(try names(profiles).count <= 3)
                #expect(try deployment.events("worker_killed").isEmpty && deployment.events("worker_exited").isEmpty)
            }
        }

        @Test("accepts a token made by the command, and refuses forged ones")
        func tokens() throws {
            try withProfiles(["profiler.mode=signed"]) { deployment, profiles in
                let made = try command("profile", "token", "--minutes", "5", "--path", "/hello")
                #expect(made.status == 0, "\(made.errors)")
                let token = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
                let refused = ["", "x" + token, String(token.dropLast(4)) + "AAAA"]
                for text in refused { _ = try deployment.client.get("/hello", ["X-Roost-Profile": text]) }
                _ = try deployment.client.get("/sql/one", ["X-Roost-Profile": token])
                _ = try deployment.client.get("/hello", ["Cookie": "roost_profile=\(token)"])
                try wait(until: "the profile is there") { try !self.names(profiles).isEmpty }
                #expect(try names(profiles).count == 1)
                let unsigned = try ChildProcess.run(Programs.fixture, ["profile", "token"])
                #expect(unsigned.status == 1, "a token needs a secret key")
            }
        }

        @Test("flushes the continuous profile when a worker ends")
        func continuous() throws {
            try withProfiles(["profiler.mode=off", "profiler.continuous=100"]) { deployment, profiles in
                for _ in 0..<3 { _ = try deployment.client.get("/sleep/200") }
                deployment.pool?.send(SIGTERM)
                _ = try deployment.pool?.wait(15)
                let top = try command(
                    "profiles", "top", "--continuous", "--endpoint", "sleep", "--profile-dir", profiles)
                #expect(top.status == 0, "\(top.errors)")
                #expect(top.output.contains("nanosleep"), "\(top.output)")
            }
        }

        @Test("prints one table for each request when the server was started with profile")
        func profileCommand() throws {
            let deployment = try Deployment(.fixture)
            defer { deployment.tearDown() }
            let profiles = "\(deployment.folder)/profiles"
            deployment.pool = try ChildProcess(
                Programs.fixture, ["profile", "--length", "5", "--profile-dir", profiles] + deployment.arguments,
                log: "\(deployment.folder)/serve", folder: Programs.root)
            try wait(15, until: "the pool is ready") { try deployment.count("ready") > 0 }
            try deployment.startNginx()
            for path in ["/hello", "/sleep/50", "/sql/sleep/30"] {
                #expect(try deployment.client.get(path).status == 200)
            }
            let output = { Files.text("\(deployment.folder)/serve.out") }
            try wait(until: "three tables are printed") { output().components(separatedBy: "GET /").count == 4 }
            let tables = output().components(separatedBy: String(repeating: "-", count: 80))
            for table in tables where table.contains("self ms") {
                #expect((4...7).contains(table.split(separator: "\n").count), "\(table)")
            }
            #expect(output().contains("GET /sleep/50  sleep  200"))
            try wait(until: "three profiles are there") { try self.names(profiles).count == 3 }
        }

        private func checkReports(_ profiles: String) throws {
            let file = "\(profiles)/f.html"
            let flame = try command("profiles", "flame", "--endpoint", "sleep", "--profile-dir", profiles, "-o", file)
            #expect(flame.status == 0, "\(flame.errors)")
            #expect(Files.text(file).contains("pause(milliseconds:)"))
            let diff = try command("profiles", "diff", "sql_sleep", "*-sleep-3*", "--self", "--profile-dir", profiles)
            #expect(diff.status == 0, "\(diff.errors)")
            #expect(diff.output.contains("nanosleep"))
            let top = try command("profiles", "top", "--since", "1h", "--cumulative", "--profile-dir", profiles)
            #expect(top.output.contains("requests,") && top.output.contains("pause(milliseconds:)"))
            for words in [["show", "nobody"], ["top", "--since", "soon"], ["diff", "sql_sleep", "nobody"]] {
                let refused = try ChildProcess.run(Programs.fixture, ["profiles"] + words + ["--profile-dir", profiles])
                #expect(refused.status != 0 && refused.errors.contains(words.last ?? ""), "\(words): \(refused.errors)")
            }
        }

        // MARK: Support

        private func withProfiles(_ settings: [String], _ body: (Deployment, String) throws -> Void) throws {
            let profiles = "/tmp/roost-p-\(UUID().uuidString.prefix(6).lowercased())"
            defer { try? FileManager.default.removeItem(atPath: profiles) }
            try withDeployment(.fixture, settings + ["profiler.folder=\(profiles)"]) { try body($0, profiles) }
        }

        private func names(_ folder: String) throws -> [String] {
            let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return files.filter { $0.hasSuffix(".trace.json") }.map { String($0.dropLast(11)) }.sorted()
        }

        private func command(_ words: String...) throws -> (status: Int32, output: String, errors: String) {
            try ChildProcess.run(Programs.fixture, words, environment: Deployment.environment)
        }
    }
}
