import Roost
import RoostTemplates
import Testing

@Suite("The test client")
struct TestClientTests {
    private static let page = """
        <!-- <form id="not"></form> --><form id="search" action="/search"><input name="q"></form>
        <form method='post' action="/save?x=1&amp;y=2" id=edit enctype="multipart/form-data">
        <input type="hidden" name="csrf_token" value="a&#34;b"><input name=title value="Old">
        <textarea name="body">
        line &lt;1&gt;</textarea>
        <select name="kind"><option value="a">A<option value="b" selected>B</select>
        <select name="tags" multiple><option>x</option><option>y  z</option></select>
        <input type="checkbox" name="public" checked><input type="checkbox" name="draft" value="1">
        <input type="radio" name="size" value="s"><input type="radio" name="size" value="m" checked>
        <input type="file" name="photo"><input name="off" value="x" disabled>
        <button name="go" value="now">Go</button><input type="submit" name="stop" value="Stop">
        </form>
        """

    private func app() throws -> App {
        let app = App("test")
        try app.get("/edit") { request in Self.page }
        try app.get("/search") { request in "found \(request.args["q"] ?? "-")" }
        try app.post("/save") { request in
            let fields = try request.form.map { "\($0.name)=\($0.value)" }
            let files = try request.files.map { "\($0.name):\($0.filename):\($0.size)" }
            return (fields + files).joined(separator: "|") + "|" + (request.args["y"] ?? "")
        }
        return app
    }

    @Test("a form of a page is sent with its hidden fields, as a browser would")
    func forms() throws {
        let client = try app().testClient()
        let answer = try client.withForm("/edit", named: "edit") { form in
            #expect(form["csrf_token"] == "a\"b" && form["body"] == "line <1>" && form["draft"] == nil)
            form["title"] = "New"
            form["draft"] = "1"
            form.set("tags", to: ["x", "y z"])
            form.press("go")
            form.files = [UploadedFile(name: "photo", filename: "c\"at.png", bytes: [1, 2, 3])]
        }
        #expect(
            answer.text
                == "csrf_token=a\"b|title=New|body=line <1>|kind=b|public=on|size=m|draft=1|tags=x|tags=y z|go=now|photo:c\"at.png:3|2"
        )
        #expect(try client.withForm("/edit", named: "search") { $0["q"] = "a b" }.text == "found a b")
        #expect(throws: PageFormError.self) { try client.withForm("/edit", named: "none") { _ in } }
        #expect(throws: PageFormError.self) { try client.withForm("/missing") { _ in } }
    }

    @Test("files, JSON of any type, and JSON answers of a type")
    func bodies() throws {
        struct Point: Codable, Equatable { let x: Int, y: Int }
        let app = try app()
        try app.post("/flip") { request in
            let point = try request.json(as: Point.self)
            return Point(x: point.y, y: point.x)
        }
        let client = app.testClient()
        let sent = try client.post(
            "/save?y=9", form: ["a": "1"], files: [UploadedFile(name: "f", filename: "x", bytes: [7])])
        #expect(sent.text == "a=1|f:x:1|9")
        #expect(try client.send(.post, "/flip", encoding: Point(x: 1, y: 2)).json(as: Point.self) == Point(x: 2, y: 1))
        #expect(client.send(.post, "/flip", json: ["x": 1]).text.contains("the member &#34;y&#34; is missing"))
    }

    @Test("cookies go where their path, host and time say")
    func cookies() throws {
        let app = App("test")
        try app.get("/set") { request in
            var response = Response.text("")
            try response.setCookie(Cookie("all", "1"))
            try response.setCookie(Cookie("sub", "2", path: "/sub"))
            try response.setCookie(Cookie("wide", "3", domain: "example.org"))
            try response.setCookie(Cookie("past", "4", expires: 1))
            return response
        }
        try app.get("/gone") { request in
            var response = Response.text("")
            try response.deleteCookie("all")
            return response
        }
        try app.get("/sub/<path:p>") { (request, p: String) in request.cookies.map(\.name).joined(separator: ",") }
        try app.get("/show") { request in request.cookies.map(\.name).joined(separator: ",") }
        let client = app.testClient()
        client.host = "example.org"
        _ = client.get("/set")
        #expect(client.get("/show").text == "all,wide")
        #expect(client.get("/sub/x").text == "sub,all,wide")
        client.host = "www.example.org"
        #expect(client.get("/show").text == "wide")
        client.host = "example.org"
        _ = client.get("/gone")
        #expect(client.get("/show").text == "wide")
        client.cookies["mine"] = "5"
        #expect(client.get("/show").text == "wide,mine")
        client.cookies["wide"] = nil
        #expect(client.cookies == ["mine": "5", "sub": "2"])
    }

    @Test("signals are captured while something runs, and no longer")
    func captured() throws {
        let app = try app()
        let client = app.testClient()
        let started = app.signals.requestStarted.captured {
            _ = client.get("/edit")
            _ = client.get("/search")
        }
        #expect(started.map(\.path) == ["/edit", "/search"])
        _ = client.get("/edit")
        #expect(started.count == 2)
    }
}
