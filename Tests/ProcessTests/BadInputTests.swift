import Foundation
import Testing

extension RealPrograms {
    @Suite("Bad input")
    struct BadInputTests {
        @Test("a header block above http.max_params is answered with 431")
        func largeHeaders() throws {
            try withDeployment(.fixture, ["http.max_params=32KB"]) { deployment in
                let half = String(repeating: "x", count: 20 << 10)
                let answer = try deployment.client.get("/hello", ["X-One": half, "X-Two": half])
                #expect(answer.status == 431)
                #expect(try deployment.client.get("/hello", ["X-One": half]).status == 200)
                let line = try #require(try deployment.lines("app").first { $0.text("message") == "request refused" })
                #expect(line.description.contains("http.max_params"), "\(line)")
            }
        }

        @Test("a cookie of 60 KB is served; 70 KB of headers through nginx and 70 KB of parameters on the pool's own socket are answered with 431")
        func largeCookie() throws {
            try withDeployment { deployment in
                let cookie = "c=" + String(repeating: "x", count: 60 << 10)
                #expect(try deployment.client.get("/hello", ["Cookie": cookie]).status == 200)
                // FastCGI cannot carry more through nginx, which therefore answers by itself, and not with 500.
                let half = String(repeating: "x", count: 35 << 10)
                #expect(try deployment.client.get("/hello", ["X-One": half, "X-Two": half]).status == 431)
                let socket = try Socket(path: deployment.socket)
                socket.send(FastCGI.begin + FastCGI.parameters([("REQUEST_METHOD", "GET"), ("HTTP_ONE", half)]))
                socket.send(FastCGI.parameters([("HTTP_TWO", half)]) + FastCGI.endOfParameters + FastCGI.endOfInput)
                #expect(String(decoding: try socket.readToEnd(), as: UTF8.self).contains("Status: 431"))
                #expect(try deployment.client.get("/hello").status == 200)
            }
        }

        @Test("raw bytes in path, query and cookie crash nothing, malformed escapes are refused")
        func rawBytes() throws {
            try withDeployment { deployment in
                let pids = try deployment.workers().map { $0.int("pid") }
                for target in targets {
                    let answer = try deployment.client.get(target, ["X-Any": "\u{FFFD}"])
                    #expect(answer.status < 500, "\(target): \(answer.status)")
                }
                for line in ["GET /\u{E9}%zz HTTP/1.1", "GET /% HTTP/1.1", "GET /%4 HTTP/1.1", "GET /hello%gg HTTP/1.1"] {
                    let bytes = Array("\(line)\r\nHost: x\r\nConnection: close\r\n\r\n".utf8)
                    #expect(try deployment.client.send(raw: bytes).status == 400, "\(line)")
                }
                let raw = Array("GET /echo?q=".utf8) + [0xFF, 0xC3, 0x28, 0x80] + Array(" HTTP/1.1\r\nHost: x\r\n".utf8)
                let cookie = Array("Cookie: c=".utf8) + [0xFF, 0xFE, 0x80] + Array("; ".utf8) + [0xC0] + Array("=1\r\n".utf8)
                let answer = try deployment.client.send(raw: raw + cookie + Array("Connection: close\r\n\r\n".utf8))
                #expect(answer.status == 200)
                #expect(answer.text.hasPrefix("path=/echo q=\u{FFFD}"))
                #expect(try deployment.workers().map { $0.int("pid") } == pids)
            }
        }

        private let targets = [
            "/echo?q=%ff%fe%00", "/echo?q=%", "/echo?%zz=%zz", "/echo?q=%c3%28&q&=&&", "/%ff%fe", "/sleep/%ff",
            "/hello%0a%0dX:1", "/a%2fb", "/%e2%82", "/static/%2e%2e/%2e%2e/etc/passwd", "/sleep/99999999999999999999",
        ]

        @Test("a line break in a header's value is a 500, never a header, and the app log says why")
        func headerInjection() throws {
            try withDeployment { deployment in
                let answer = try deployment.client.get("/header?value=a%0d%0aX-Evil:1")
                #expect(answer.status == 500)
                #expect(answer["X-Evil"] == nil)
                #expect(answer["X-Echo"] == nil)
                let line = try #require(try deployment.lines("app").first { $0.text("level") == "error" })
                #expect(line.description.contains("X-Echo"), "\(line)")
                #expect(try deployment.client.get("/header?value=fine")["X-Echo"] == "fine")
            }
        }

        @Test("an unknown key in the settings file ends with 3, its line and the nearest key")
        func unknownKey() throws {
            let answer = try serve("pool:\n  workers: 2\n  request_timeot: 1s\n")
            #expect(answer.status == 3)
            #expect(answer.errors.contains("settings.yaml:3"), "\(answer.errors)")
            #expect(answer.errors.contains("request_timeout"), "\(answer.errors)")
        }

        @Test("a bad unit ends with 3, its line and its key", arguments: ["1 fortnight", "10", "s", "-1s"])
        func badUnit(text: String) throws {
            let answer = try serve("pool:\n  request_timeout: \(text)\n")
            #expect(answer.status == 3)
            #expect(answer.errors.contains("settings.yaml:2"), "\(answer.errors)")
            #expect(answer.errors.contains("request_timeout"), "\(answer.errors)")
        }

        @Test("settings that contradict each other end with 3")
        func contradiction() throws {
            let answer = try serve("pool:\n  request_timeout: 1s\n  slow_request: 2s\n")
            #expect(answer.status == 3)
            #expect(answer.errors.contains("slow_request"), "\(answer.errors)")
        }

        private func serve(_ text: String) throws -> (status: Int32, output: String, errors: String) {
            let folder = "/tmp/roost-p-\(UUID().uuidString.prefix(6).lowercased())"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try text.write(toFile: "\(folder)/settings.yaml", atomically: false, encoding: .utf8)
            let places = ["pool.listen=unix:\(folder)/pool.sock", "pool.control=\(folder)/control", "pool.pid_file=\(folder)/pid"]
            let arguments = ["serve", "--config", "\(folder)/settings.yaml"] + places.flatMap { ["--set", $0] }
            return try ChildProcess.run(Programs.fixture, arguments, folder: folder)
        }
    }
}
