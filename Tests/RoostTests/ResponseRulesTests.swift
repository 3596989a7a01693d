import Glibc
import Roost
import Testing

@Suite("What leaves the app")
struct ResponseRulesTests {
    private func app() throws -> App {
        let app = App("test")
        app.logger.logLevel = .critical
        try app.get("/") { request in "hello" }
        try app.get("/posts/") { request in "posts" }
        try app.get("/inject") { request in
            var response = Response.text("x")
            response.headers["X-Bad"] = "a\r\nSet-Cookie: b=c"
            return response
        }
        try app.get("/notmodified") { request in Response(status: 304, body: .bytes([1, 2])) }
        try app.post("/echo") { request in try request.form["name"] ?? "-" }
        try app.get("/login") { request in
            var response = redirect(to: "/me")
            try response.setCookie(Cookie("user", "john"))
            return response
        }
        try app.get("/me") { request in request.cookies["user"] ?? "nobody" }
        return app
    }

    @Test("redirects inside the app name scheme and host when it wants them to, and tests see the path")
    func absoluteRedirects() throws {
        let app = App("test")
        app.hasAbsoluteRedirects = true
        try app.get("/a") { request in redirect(to: "/b?c") }
        try app.get("/away") { request in redirect(to: "//example.org/") }
        try app.get("/list/") { request in "" }
        let client = app.testClient()
        (client.scheme, client.host) = ("https", "example.org:8443")
        for (path, location) in [
            "/a": "https://example.org:8443/b?c", "/away": "//example.org/", "/list": "https://example.org:8443/list/",
        ] { #expect(client.get(path).headers["Location"] == location) }
        #expect(client.get("/a").location == "/b?c")
    }

    @Test("HEAD has the length and no body; OPTIONS and 405 list the methods")
    func methods() throws {
        let client = try app().testClient()
        #expect(client.head("/").headers["Content-Length"] == "5")
        #expect(client.head("/").bytes.isEmpty)
        #expect(client.send("OPTIONS", "/").headers["Allow"] == "GET, HEAD, OPTIONS")
        let refused = client.post("/")
        #expect(refused.status == 405)
        #expect(refused.headers["Allow"] == "GET, HEAD, OPTIONS")
        #expect(client.get("/notmodified").bytes.isEmpty)
    }

    @Test("a refused header is a 500, and nothing of it reaches the wire")
    func injection() throws {
        let response = try app().testClient().get("/inject")
        #expect(response.status == 500)
        #expect(!response.headers.contains { $0.value.contains("b=c") })
    }

    @Test("a missing slash is a 308 that keeps the query, and stays on this host")
    func slash() throws {
        let client = try app().testClient()
        #expect(client.get("/posts?page=2&x=%20y").status == 308)
        #expect(client.get("/posts?page=2&x=%20y").location == "/posts/?page=2&x=%20y")
        #expect(client.get("//posts").location == "/posts/")
        #expect(client.get("/posts", followRedirects: true).text == "posts")
    }

    @Test("an app may answer a missing slash with 301, of other methods than GET still with 308")
    func slashStatus() throws {
        let app = try app()
        app.slashRedirectStatus = 301
        let client = app.testClient()
        let moved = client.get("/posts?page=2")
        #expect(moved.status == 301 && moved.location == "/posts/?page=2")
        #expect(client.head("/posts").status == 301)
        #expect(client.post("/posts").status != 301)
    }

    @Test(
        "bad input is a 400 page, never a crash",
        arguments: ["/%zz", "/a%00", "/?" + String(repeating: "&", count: 2000)])
    func badInput(target: String) throws { #expect(try app().testClient().get(target).status == 400) }

    @Test("odd paths are defined: not found", arguments: ["/a%0Ab", "/../x", "/%2F%2F", "/%FF", "relative", "", "*"])
    func oddPaths(target: String) throws {
        let status = try app().testClient().get(target).status
        #expect(status == 404 || status == 308)
    }

    @Test("the client sends forms, keeps cookies and follows redirects")
    func client() throws {
        let client = try app().testClient()
        #expect(client.post("/echo", form: ["name": "a&b c"]).text == "a&b c")
        #expect(client.get("/login", followRedirects: true).text == "john")
        #expect(client.cookies == ["user": "john"])
    }

    @Test("the access log has one JSON line per request; control bytes are escaped, long texts cut")
    func accessLog() throws {
        let path = "/tmp/roost-access-\(getpid()).log"
        defer { unlink(path) }
        let app = try app()
        app.accessLog = try LogFile(path: path)
        try app.startWorker(slot: 3, pid: 77)
        let client = app.testClient()
        _ = client.get("/a%0Ab", headers: ["User-Agent": String(repeating: "u", count: 100_000)])
        _ = client.get("/")
        var info = stat()
        stat(path, &info)
        let bytes = try RequestBody.file(path: path, size: Int64(info.st_size)).bytes(limit: .max)
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        try #require(lines.count == 2)
        let first = try JSONValue(parsing: Array(lines[0]))
        #expect(first["path"] == "/a\nb")
        #expect(first["status"] == 404)
        #expect(first["user_agent"]?.string?.hasSuffix("…[truncated]") == true)
        let second = try JSONValue(parsing: Array(lines[1]))
        #expect(second["endpoint"] == "index")
        #expect(second["bytes"] == 5)
        #expect(second["worker"] == 3)
    }

    @Test("a log that cannot be written counts what it drops; a long line is cut and marked")
    func logFile() throws {
        let full = try LogFile(path: "/dev/full")
        full.write(line: Array("x".utf8))
        #expect(full.droppedLines == 1)
        #expect(throws: LogError.self) { try LogFile(path: "/nonexistent/x.log") }
        let path = "/tmp/roost-log-\(getpid()).log"
        defer { unlink(path) }
        let log = try LogFile(path: path)
        log.write(line: Array(String(repeating: "é", count: 600_000).utf8))
        rename(path, path + ".1")
        defer { unlink(path + ".1") }
        try log.reopen()
        log.write(line: Array("after".utf8))
        var info = stat()
        stat(path + ".1", &info)
        #expect(info.st_size <= LogFile.lineLimit)
        stat(path, &info)
        #expect(info.st_size == 6)
    }

    @Test("static files: type, validators, ranges; nothing outside the folder")
    func staticFiles() throws {
        let folder = "/tmp/roost-static-\(getpid())"
        mkdir(folder, 0o755)
        let log = try LogFile(path: folder + "/a.css")
        log.write(line: Array("0123456789".utf8))
        symlink("/etc/passwd", folder + "/link")
        defer {
            unlink(folder + "/a.css")
            unlink(folder + "/link")
            rmdir(folder)
        }
        let app = App("test")
        try app.staticFolder(folder)
        let client = app.testClient()
        let page = client.get("/static/a.css")
        #expect(page.text == "0123456789\n")
        #expect(page.contentType == "text/css; charset=utf-8")
        #expect(client.get("/static/a.css", headers: ["If-None-Match": page.headers["ETag"] ?? ""]).status == 304)
        let part = client.get("/static/a.css", headers: ["Range": "bytes=2-4"])
        #expect(part.status == 206 && part.text == "234" && part.headers["Content-Range"] == "bytes 2-4/11")
        for bad in ["../x", "%2e%2e/etc/passwd", "a/../a.css", "link", "", ".hidden", "a%5C..", "none"] {
            #expect(client.get("/static/" + bad).status == 404, "\(bad)")
        }
        #expect(client.get("/static/%2Fetc/passwd").location == "/static/etc/passwd")
        #expect(try app.urlFor("static", ["filename": "a.css"]).hasPrefix("/static/a.css?v="))
    }

    @Test("phases are told to the observer, and spans are counted and bounded")
    func trace() throws {
        let app = App("test")
        final class Recorder { var phases: [RequestPhase] = [] }
        let recorder = Recorder()
        app.phaseObserver = { phase, request in recorder.phases.append(phase) }
        try app.get("/") { request in
            for _ in 0..<1000 { request.trace.record(.sql, "SELECT 1", start: 0, duration: 10) }
            _ = request.trace.measure(.sql, "SELECT 2", phase: .sql) { 1 }
            return "\(request.trace.sqlCount) \(request.trace.spans.count) \(request.trace.droppedSpans)"
        }
        #expect(app.testClient().get("/").text == "1001 500 501")
        #expect(recorder.phases == [.view, .sql, .view, .writing])
    }
}
