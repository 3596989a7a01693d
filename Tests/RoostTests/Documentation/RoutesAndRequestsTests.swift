import Glibc
import Roost
import Testing

/// The examples of the article "Routes and requests", compiled and run. The last test compares them line by line.
@Suite("The article Routes and requests")
struct RoutesAndRequestsTests {
    struct Tags: PathVariable {
        let names: [String]
        init?(pathText: String) { names = pathText.split(separator: "+").map(String.init) }
        var pathText: String { names.joined(separator: "+") }
    }

    struct Draft: Codable {
        let title: String
        let tags: [String]
    }

    enum DraftSaved: SignalKey { typealias Payload = Draft }
    final class Recorder { var words: [String] = [] }

    private func routes(_ app: App) throws {
        try app.get("/user/<username>") { (request, username: String) in "Hello, \(username)!" }
        try app.get("/post/<int:id>", endpoint: "post") { (request, id: Int) in "Post \(id)" }
        try app.get("/tree/<path:file>", endpoint: "tree") { (request, file: String) in "The file \(file)" }
        try app.route("/contact/", methods: [.get, .post], endpoint: "contact") { request in
            request.method == .post ? "Thank you, \(try request.form["name"] ?? "stranger")" : "Write to us"
        }
        app.converters.add("tags", Tags.self)
        try app.get("/tagged/<tags:tags>", endpoint: "tagged") { (request, tags: Tags) in
            tags.names.joined(separator: " and ")
        }
        try app.get("/posts/", endpoint: "posts", options: RouteOptions(defaults: ["page": 1])) {
            (request, page: Int) in
            "Page \(page)"
        }
        try app.get("/posts/page/<int:page>", endpoint: "posts") { (request, page: Int) in "Page \(page)" }
        try app.redirect("/archive/<int:page>", to: "/posts/page/<page>")
    }

    @Test("routes and addresses")
    func routing() throws {
        let app = App("test")
        try routes(app)
        try app.get("/addresses") { request in
            let post = try request.urlFor("post", ["id": 3])
            let search = try request.urlFor("posts", ["page": 2, "q": "a b", "tag": ["x", "y"]], anchor: "results")
            let shared = try request.urlFor("post", ["id": 3], external: true)
            return [post, search, shared].joined(separator: " ")
        }
        let client = app.testClient()
        #expect(client.get("/user/john").text == "Hello, john!")
        #expect(client.get("/tree/a/b").text == "The file a/b")
        #expect(client.get("/contact").status == 308)
        #expect(client.post("/contact/", form: ["name": "Ann"]).text == "Thank you, Ann")
        #expect(client.get("/tagged/a+b").text == "a and b")
        #expect(client.get("/posts/page/1").location == "/posts/")
        #expect(client.get("/archive/2", followRedirects: true).text == "Page 2")
        #expect(
            client.get("/addresses").text == "/post/3 /posts/page/2?q=a+b&tag=x&tag=y#results http://localhost/post/3")
    }

    @Test("what a request carries")
    func requests() throws {
        let (app, folder) = (App("test"), "/tmp")
        let name = "roost-article-\(getpid()).png"
        defer { unlink("\(folder)/\(name)") }
        try app.post("/form") { request in
            let page = request.args.get("page", default: 1)
            let tags = request.args.all("tag")
            let title = try request.form["title"] ?? ""
            if let photo = try request.files["photo"], !photo.isEmpty {
                try photo.save(to: "\(folder)/\(photo.secureFilename)")
            }
            return "\(page) \(tags.joined(separator: ",")) \(title)"
        }
        try app.post("/json") { request in
            let draft = try request.json(as: Draft.self)
            let mood = try request.json()["mood"]?.string
            return "\(draft.title) \(draft.tags.count) \(mood ?? "-")"
        }
        let client = app.testClient()
        let photo = UploadedFile(name: "photo", filename: "../\(name)", bytes: [1, 2])
        #expect(try client.post("/form?page=2&tag=a&tag=b", form: ["title": "T"], files: [photo]).text == "2 a,b T")
        #expect(access("\(folder)/\(name)", F_OK) == 0)
        #expect(client.send(.post, "/json", json: ["title": "T", "tags": ["x"], "mood": "good"]).text == "T 1 good")
        #expect(
            client.send(.post, "/json", json: ["title": "T", "tags": ["x", "y", 3]]).text.contains(
                "tags[2]: text is expected, not a number"))
    }

    @Test("what a view returns, blueprints, signals")
    func responses() throws {
        let (app, recorder, report) = (App("test"), Recorder(), "/tmp/roost-report-\(getpid()).txt")
        defer { unlink(report) }
        try UploadedFile(name: "", filename: "", bytes: Array("May".utf8)).save(to: report)
        func log(_ word: Any) { recorder.words.append("\(word)") }
        try routes(app)
        try app.get("/api/draft") { request in Draft(title: "New", tags: []) }
        try app.post("/api/drafts") { request in (try request.json(as: Draft.self), 201) }
        try app.get("/numbers.csv") { request in
            Response.stream((1...3).lazy.map { "\($0)\n" }, contentType: "text/csv; charset=utf-8")
        }
        try app.get("/report") { request in try request.sendFile(report, downloadAs: "Report of May.txt") }
        try app.get("/old") { request in redirect(to: try request.urlFor("posts")) }
        try app.get("/secret") { request -> String in try abort(403, "Not today.") }
        try app.get("/greeting") { request -> any ResponseConvertible in
            if let name = request.args["name"] { SafeHTML("Hello, \(name)!") } else { redirect(to: "/contact/") }
        }
        let admin = Blueprint("admin")
        try admin.get("/") { request in "Admin of \(request.host)" }
        try admin.beforeRequest { request in
            if request.authorization == nil { try abort(401) }
        }
        try admin.appWide.errorHandler(404) { request, error in "There is nothing at \(request.path)." }
        try app.register(admin, prefix: "/admin")
        app.signals.requestFinished.connect { finished in log(finished.response.status) }
        app.signals[DraftSaved.self].connect { draft in log(draft.title) }
        try app.signals[DraftSaved.self].send(Draft(title: "New", tags: []), from: app)
        let client = app.testClient()
        #expect(client.get("/api/draft").text == "{\"title\":\"New\",\"tags\":[]}\n")
        #expect(client.send(.post, "/api/drafts", json: ["title": "A", "tags": []]).status == 201)
        #expect(client.get("/numbers.csv").text == "1\n2\n3\n")
        #expect(client.get("/report").headers["Content-Disposition"] == "attachment; filename=\"Report of May.txt\"")
        #expect(client.get("/old").location == "/posts/")
        #expect(client.get("/secret").text.contains("Not today."))
        #expect(client.get("/greeting?name=%3Cb%3E").text == "Hello, &lt;b&gt;!")
        #expect(client.get("/greeting").location == "/contact/")
        #expect(client.get("/admin/").status == 401)
        #expect(
            client.get("/admin/", headers: ["Authorization": Authorization.basicHeader("a", "b")]).text
                == "Admin of localhost")
        #expect(client.get("/none").text == "There is nothing at /none.")
        #expect(recorder.words.prefix(3) == ["New", "200 OK", "201 Created"])
    }

    @Test("tests of an app")
    func tests() throws {
        let app = App("test")
        try routes(app)
        try app.get("/write") { request in
            "<form method=post action=/save><input name=title><input type=hidden name=t value=1></form>"
        }
        try app.post("/save") { request in redirect(to: "/saved/" + (try request.form["title"] ?? "")) }
        try app.get("/saved/<title>") { (request, title: String) in "Saved \(title)" }
        let client = app.testClient()
        #expect(client.get("/post/3").text == "Post 3")
        let answer = try client.withForm("/write", followRedirects: true) { form in form["title"] = "Hello" }
        #expect(answer.text == "Saved Hello")
    }

    @Test("every line of code in the article is in this file")
    func mirrored() throws {
        let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let article = try read(root + "/Sources/Roost/Roost.docc/RoutesAndRequests.md")
        let own = Set(try read(#filePath).split(separator: "\n").map { $0.drop { $0 == " " } })
        var isCode = false
        var lines = 0
        for line in article.split(separator: "\n") {
            if line.hasPrefix("```") {
                isCode = line == "```swift"
            } else if isCode {
                lines += 1
                #expect(own.contains(line.drop { $0 == " " }), "\(line)")
            }
        }
        #expect(lines >= 50)
    }

    private func read(_ path: String) throws -> String {
        var info = stat()
        try #require(stat(path, &info) == 0, "there is no \(path)")
        return String(
            decoding: try RequestBody.file(path: path, size: Int64(info.st_size)).bytes(limit: .max), as: UTF8.self)
    }
}
