import Foundation
import Testing

extension RealPrograms {
    @Suite("The logs")
    struct LogTests {
        @Test("have one access line for each request, with nginx's id, total time, SQL time and SQL count")
        func access() throws {
            try withDeployment { deployment in
                for path in ["/hello", "/sql/one", "/sql/sleep/100", "/nothing"] { _ = try deployment.client.get(path) }
                try wait(until: "both logs have four lines") {
                    try deployment.lines("access").count == 4 && deployment.lines("nginx-access").count == 4
                }
                let (ours, nginx) = (try deployment.lines("access"), try deployment.lines("nginx-access"))
                for line in nginx {
                    let id = try #require(line.text("request_id"))
                    #expect(ours.count { $0.text("request_id") == id } == 1, "\(line)")
                }
                let sleep = try #require(ours.first { $0.text("path") == "/sql/sleep/100" })
                #expect(sleep.int("status") == 200)
                #expect(sleep.int("sql_count") == 1)
                #expect(try #require(sleep.number("sql_ms")) >= 100, "\(sleep)")
                #expect(try #require(sleep.number("ms")) >= sleep.number("sql_ms") ?? .infinity, "\(sleep)")
                #expect(ours.first { $0.text("path") == "/hello" }?.int("sql_count") == 0)
                #expect(ours.first { $0.text("path") == "/nothing" }?.int("status") == 404)
            }
        }

        @Test("have one line for a slow statement, with its parameters hidden")
        func slowStatement() throws {
            try withDeployment(.fixture, ["slow_query.threshold=50ms"]) { deployment in
                _ = try deployment.client.get("/sql/one")
                _ = try deployment.client.get("/sql/sleep/100")
                let access = try deployment.lines("access", atLeast: 2)
                let line = try #require(try deployment.lines("slow", atLeast: 1).first)
                #expect(try deployment.lines("slow").count == 1)
                #expect(line.text("statement") == "SELECT pg_sleep($1), $2::text")
                #expect(line.texts("parameters").count == 2)
                #expect(!line.description.contains("a value"))
                #expect(try #require(line.number("duration_ms")) >= 100)
                #expect(line.text("call_site")?.contains("Fixture.swift:") == true)
                #expect(line.text("endpoint") == "sql_sleep")
                #expect(line.text("request_id") == access.last?.text("request_id"))
            }
        }

        @Test("have one line for a query per row, which says where it is in the source, and which release and worker ran it")
        func repeatedStatement() throws {
            try withDeployment(.fixture, ["release=v7", "slow_query.repeats=5"]) { deployment in
                for count in [5, 6] { _ = try deployment.client.get("/sql/rows/\(count)") }
                try wait(until: "the repeat is written") { try !deployment.lines("slow").isEmpty }
                let line = try #require(try deployment.lines("slow").first)
                #expect(try deployment.lines("slow").count == 1)
                #expect(line.text("kind") == "n_plus_one" && line.int("count") == 6)
                #expect(line.text("statement") == "SELECT $1::int" && line.text("endpoint") == "sql_rows")
                #expect(line.text("call_site")?.contains("Fixture.swift:") == true)
                #expect(line.text("release") == "v7" && line.int("generation") == 1 && line.has("worker"))
                let warnings = try deployment.lines("app").filter { $0.text("message") == "n+1 queries" }
                #expect(warnings.count == 1 && warnings.first?.text("fingerprint") == line.text("fingerprint"))
            }
        }

        @Test("have the plan of a slow SELECT behind its line, made after the answer")
        func plan() throws {
            try withDeployment(.fixture, ["slow_query.threshold=50ms", "slow_query.explain=true"]) { deployment in
                _ = try deployment.client.get("/sql/sleep/100")
                try wait(until: "the plan is written") { try deployment.lines("slow").count == 2 }
                let lines = try deployment.lines("slow")
                #expect(lines.map { $0.text("kind") } == ["slow", "plan"])
                #expect(lines[1].text("plan")?.hasPrefix("Result  (cost=") == true, "\(lines[1])")
                #expect(lines[1].text("fingerprint") == lines[0].text("fingerprint"))
                let access = try #require(try deployment.lines("access", atLeast: 1).first)
                #expect(try #require(access.number("sql_ms")) < 1000)
                #expect(access.int("sql_count") == 1)
            }
        }

        @Test("show a slow statement's parameters when asked to")
        func shownParameters() throws {
            try withDeployment(.fixture, ["slow_query.threshold=50ms", "slow_query.parameters=shown"]) { deployment in
                _ = try deployment.client.get("/sql/sleep/100")
                #expect(try deployment.lines("slow", atLeast: 1).first?.texts("parameters") == ["0.1", "a value"])
            }
        }

        @Test("are all opened again after a rename and USR1, and no line is lost")
        func reopened() throws {
            try withDeployment(.fixture, ["slow_query.threshold=0ms"]) { deployment in
                let load = Load(["/sql/one", "/fail"], clients: 2, port: deployment.port)
                try load.wait(forMore: 20)
                for name in logs { rename(deployment.log(name), deployment.log(name + ".old")) }
                try load.wait(forMore: 20)
                deployment.pool?.send(SIGUSR1)
                try wait(until: "every log is there again") {
                    logs.allSatisfy { !Files.text(deployment.log($0)).isEmpty }
                }
                // Each worker changes over between two of its requests.
                try wait(until: "the old files stay as they are") {
                    let sizes = logs.map { Files.text(deployment.log($0 + ".old")).utf8.count }
                    try load.wait(forMore: 40)
                    return logs.map { Files.text(deployment.log($0 + ".old")).utf8.count } == sizes
                }
                let count = try load.stop().count
                let old = try deployment.lines("access.old").count
                #expect(try deployment.lines("access", atLeast: count - old).count == count - old)
            }
        }

        private let logs = ["app", "access", "slow", "events"]

        @Test("have one error line with the request's id for a view that throws, which is a 500 page")
        func failure() throws {
            try withDeployment { deployment in
                let answer = try deployment.client.get("/fail")
                #expect(answer.status == 500)
                #expect(answer["Content-Type"]?.hasPrefix("text/html") == true)
                #expect(!answer.text.contains("the fixture was told to fail"))
                let errors = try deployment.lines("app", atLeast: 1).filter { $0.text("level") == "error" }
                #expect(errors.count == 1)
                #expect(errors.first?.description.contains("the fixture was told to fail") == true)
                let access = try deployment.lines("access", atLeast: 1)
                #expect(errors.first?.text("request_id") == access.last?.text("request_id"))
            }
        }
    }
}
