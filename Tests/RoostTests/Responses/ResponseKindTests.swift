import Glibc
@testable import Roost
import Testing

@Suite("What a view may return")
struct ResponseKindTests {
    struct Post: Encodable { let id: Int, title: String }
    struct Broken: Error {}

    @Test("an Encodable is JSON; texts and bytes stay what they are")
    func encodable() throws {
        let app = App("test")
        try app.get("/post") { request in Post(id: 1, title: "ü") }
        try app.get("/posts/<int:n>") { (request, n: Int) in (0..<n).map { Post(id: $0, title: "t") } }
        try app.get("/map") { request in ["a": 1] }
        try app.get("/text") { request in "text" }
        try app.get("/bytes") { request in [UInt8]([1, 2]) }
        try app.get("/maybe") { request -> String? in nil }
        let client = app.testClient()
        #expect(client.get("/post").text == #"{"id":1,"title":"ü"}"# + "\n")
        #expect(client.get("/post").contentType == "application/json")
        #expect(client.get("/posts/2").text == #"[{"id":0,"title":"t"},{"id":1,"title":"t"}]"# + "\n")
        #expect(client.get("/map").text == "{\"a\":1}\n")
        #expect(client.get("/text").contentType == "text/html; charset=utf-8")
        #expect(client.get("/bytes").contentType == "application/octet-stream")
        #expect(client.get("/maybe").status == 404)
    }

    @Test("a body with a status and headers: the headers replace the body's own")
    func triple() throws {
        let app = App("test")
        try app.post("/posts") { request in
            ("made", 201, ["Location": "/posts/1", "Content-Type": "text/plain"] as Headers)
        }
        let response = app.testClient().post("/posts")
        #expect(response.status == 201 && response.location == "/posts/1")
        #expect(response.headers.all("Content-Type") == ["text/plain"])
    }

    @Test("an Encodable goes with a status and headers too; a text stays a page there")
    func encodableTuples() throws {
        let app = App("test")
        let post = Post(id: 1, title: "t")
        try app.post("/posts") { request in (post, 201) }
        try app.put("/posts/<int:id>", endpoint: "post") { (request, id: Int) in
            (["id": id], 202, ["Location": "/posts/\(id)", "Content-Type": "application/hal+json"])
        }
        try app.get("/gone") { request in ("gone", 410) }
        let client = app.testClient()
        let made = client.post("/posts")
        #expect(made.status == 201 && made.text == #"{"id":1,"title":"t"}"# + "\n")
        let changed = client.send("PUT", "/posts/7")
        #expect(changed.status == 202 && changed.location == "/posts/7" && changed.text == "{\"id\":7}\n")
        #expect(changed.headers.all("Content-Type") == ["application/hal+json"])
        #expect(client.get("/gone").status == 410 && client.get("/gone").contentType == "text/html; charset=utf-8")
    }

    @Test("a view may return now this and now that")
    func anyResponse() throws {
        let app = App("test")
        try app.get("/<name>", endpoint: "some") { (request, name: String) -> any ResponseConvertible in
            switch name {
            case "text": "text"
            case "json": JSON(Post(id: 1, title: "t"))
            case "nothing": Status.noContent
            default: redirect(to: "/text")
            }
        }
        try app.route("/", methods: [.post]) { request -> any ResponseConvertible in SafeHTML("<b>") }
        let client = app.testClient()
        #expect(client.get("/text").contentType == "text/html; charset=utf-8")
        #expect(client.get("/json").contentType == "application/json")
        #expect(client.get("/nothing").status == 204)
        #expect(client.get("/other").location == "/text")
        #expect(client.post("/").text == "<b>")
    }

    @Test("abort ends a request with a response that is ready; no error handler sees it, the hooks after it do")
    func abortWithResponse() throws {
        func wanted(_ request: Request) throws -> String {
            try request.args["name"] ?? abort(redirect(to: "/ask", status: 303))
        }
        let app = App("test")
        try app.get("/greet") { request in "Hello, \(try wanted(request))!" }
        try app.get("/busy") { request -> String in
            var response = Response.text("later", status: 503)
            response.headers["Retry-After"] = "9"
            try abort(response)
        }
        try app.errorHandler(503) { _, _ in "never" }
        try app.errorHandler(for: (any Error).self) { _, _ in "never" }
        try app.afterRequest { request, response in response.headers["X-After"] = "\(request.error == nil)" }
        let client = app.testClient()
        #expect(client.get("/greet?name=Ann").text == "Hello, Ann!")
        let asked = client.get("/greet")
        #expect(asked.status == 303 && asked.location == "/ask" && asked.headers["X-After"] == "true")
        let busy = client.get("/busy")
        #expect(busy.status == 503 && busy.text == "later" && busy.headers["Retry-After"] == "9")
    }

    @Test("a stream is written piece by piece; what it throws is kept for the log")
    func streams() throws {
        let app = App("test")
        app.logger.logLevel = .critical
        try app.get("/csv") { request in
            Response.stream((1...3).lazy.map { "\($0),x\n" }, contentType: "text/csv; charset=utf-8")
        }
        try app.get("/broken") { request in
            var left = 2
            return Response.stream {
                left -= 1
                if left < 0 { throw Broken() }
                return [65]
            }
        }
        let response = app.testClient().get("/csv")
        #expect(response.text == "1,x\n2,x\n3,x\n")
        #expect(response.headers["Content-Length"] == nil)
        #expect(app.testClient().get("/broken").bodyError is Broken)
    }

    @Test("files: validators, ranges, a name to save by, or nginx does it")
    func files() throws {
        let path = "/tmp/roost-file-\(getpid()).txt"
        defer { unlink(path) }
        try UploadedFile(name: "", filename: "", bytes: Array("0123456789".utf8)).save(to: path)
        let app = App("test")
        try app.get("/f") { request in try request.sendFile(path, downloadAs: "Bericht \"ü\".txt", maxAge: 60) }
        try app.get("/none") { request in try request.sendFile(path + "x") }
        let client = app.testClient()
        let whole = client.get("/f")
        #expect(whole.text == "0123456789" && whole.contentType == "text/plain; charset=utf-8")
        #expect(whole.headers["Cache-Control"] == "public, max-age=60")
        #expect(
            whole.headers["Content-Disposition"]
                == #"attachment; filename="Bericht \"u\".txt"; filename*=UTF-8''Bericht%20%22%C3%BC%22.txt"#)
        #expect(client.get("/f", headers: ["Range": "bytes=-3"]).text == "789")
        #expect(client.get("/f", headers: ["Range": "bytes=20-"]).status == 416)
        #expect(client.get("/f", headers: ["If-Match": "\"x\""]).status == 412)
        let etag = try #require(whole.headers["ETag"])
        #expect(client.get("/f", headers: ["If-None-Match": "W/\(etag)"]).status == 304)
        #expect(client.get("/f", headers: ["Range": "bytes=0-1", "If-Range": etag]).status == 206)
        #expect(client.get("/f", headers: ["Range": "bytes=0-1", "If-Range": "\"old\""]).status == 200)
        #expect(client.get("/none").status == 404)
        app.accelRedirects.add(folder: "/tmp", location: "/protected/")
        let sent = client.get("/f", headers: ["Range": "bytes=-3"])
        #expect(sent.headers["X-Accel-Redirect"] == "/protected/roost-file-\(getpid()).txt")
        #expect(sent.status == 200 && sent.bytes.isEmpty && sent.headers["Content-Range"] == nil)
    }

    @Test("a response of bytes becomes conditional with its ETag")
    func conditional() throws {
        let app = App("test")
        try app.get("/") { request in
            var response = Response.text("hello")
            response.addETag(weak: true)
            response.makeConditional(for: request.http, acceptRanges: true)
            return response
        }
        let client = app.testClient()
        let etag = try #require(client.get("/").headers["ETag"])
        #expect(etag.hasPrefix("W/\""))
        #expect(client.get("/", headers: ["If-None-Match": etag]).status == 304)
        #expect(client.get("/", headers: ["Range": "bytes=1-2"]).text == "el")
        #expect(client.get("/", headers: ["If-Match": etag]).status == 412)
    }

    @Test(
        "download names are safe in every client",
        arguments: [
            ("a.txt", "attachment; filename=a.txt"), ("a b.txt", "attachment; filename=\"a b.txt\""),
            ("../../etc/passwd", "attachment; filename=passwd"), ("a\r\nX: y", "attachment; filename=\"aX: y\""),
            ("日本.txt", "attachment; filename=.txt; filename*=UTF-8''%E6%97%A5%E6%9C%AC.txt"), ("", "attachment"),
        ])
    func disposition(name: String, value: String) { #expect(ContentDisposition.value(name) == value) }

    @Test("static files carry their version, and are kept for ever then")
    func versions() throws {
        let folder = "/tmp/roost-versions-\(getpid())"
        mkdir(folder, 0o755)
        defer {
            unlink(folder + "/a.css")
            rmdir(folder)
        }
        try UploadedFile(name: "", filename: "", bytes: [65]).save(to: folder + "/a.css")
        let app = App("test")
        try app.staticFolder(folder)
        let client = app.testClient()
        let address = try app.urlFor("static", ["filename": "a.css"])
        #expect(address.hasPrefix("/static/a.css?v=") && address.utf8.count == "/static/a.css?v=".utf8.count + 10)
        #expect(client.get(address).headers["Cache-Control"] == "public, max-age=31536000, immutable")
        #expect(client.get("/static/a.css?v=old").headers["Cache-Control"] == nil)
        try UploadedFile(name: "", filename: "", bytes: [66]).save(to: folder + "/a.css")
        #expect(try app.urlFor("static", ["filename": "a.css"]) == address, "it was looked at a moment ago")
        app.urls.files.life = 0
        #expect(try app.urlFor("static", ["filename": "a.css"]) != address)
        #expect(try app.urlFor("static", ["filename": "none.css"]) == "/static/none.css")
        #expect(try app.urlFor("static", ["filename": "a.css", "v": 7]) == "/static/a.css?v=7")
    }
}
