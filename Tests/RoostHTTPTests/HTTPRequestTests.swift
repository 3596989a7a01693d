import RoostHTTP
import Testing

@Suite("A request")
struct HTTPRequestTests {
    private func request(
        _ target: String, _ more: KeyValuePairs<String, String> = [:], body: RequestBody = .none
    ) -> HTTPRequest {
        var variables = ServerVariables(more)
        variables.append("REQUEST_URI", target)
        return HTTPRequest(variables: variables, body: body)
    }

    private func request(bytes target: [UInt8]) -> HTTPRequest {
        var variables = ServerVariables()
        Array("REQUEST_URI".utf8).withUnsafeBufferPointer { name in
            target.withUnsafeBufferPointer { variables.append(name: name, value: $0) }
        }
        return HTTPRequest(variables: variables)
    }

    @Test("path and query are split and decoded")
    func target() throws {
        let sent = request("/a%20b/%2Fc?x=1&x=2&name=J%C3%B6rg+M&flag&page=3#frag")
        #expect(sent.path == "/a b//c")
        #expect(sent.rawPath == "/a%20b/%2Fc")
        #expect(sent.query.all("x") == ["1", "2"])
        #expect(sent.query["name"] == "Jörg M")
        #expect(sent.query["flag"] == "")
        #expect(sent.query.get("page", default: 1) == 3)
        #expect(sent.query.get("name", default: 1) == 1)
        #expect(request("http://host/p?q=1").path == "/p")
    }

    @Test(
        "malformed percent-encoding in the path is a 400 that names its place",
        arguments: ["/%", "/%4", "/%zz", "/a%2"])
    func malformed(target: String) {
        let error = #expect(throws: HTTPError.self) { try request(target).validate() }
        #expect(error?.status == .badRequest)
        #expect(error?.reason.contains("percent-encoding at byte") == true)
        #expect(request(target).path == target)
    }

    @Test("a NUL in the path is a 400", arguments: ["/a%00b", "/a\0b"])
    func nul(target: String) {
        #expect(throws: HTTPError.self) { try request(target).validate() }
    }

    @Test("line feeds, dots and long paths are ordinary", arguments: ["/a%0Ab", "/../../etc/passwd", "/%2e%2e/%2F"])
    func odd(target: String) throws {
        try request(target).validate()
        try request("/" + String(repeating: "a", count: 8192)).validate()
    }

    @Test("invalid UTF-8 in path, query and cookies is replaced, and its bytes are kept")
    func invalidUTF8() throws {
        let sent = request(bytes: Array("/".utf8) + [0xFF, 0xC3] + Array("?q=%FF".utf8))
        try sent.validate()
        #expect(sent.path.contains("\u{FFFD}"))
        #expect(sent.withPath { Array($0) } == [0x2F, 0xFF, 0xC3])
        #expect(sent.query["q"] == "\u{FFFD}")
        #expect(Cookies(header: [0x61, 0x3D, 0xFF, 0x3B, 0xC3])["a"] == "\u{FFFD}")
    }

    @Test("too many fields are refused: 400 in a query, 413 in a form")
    func manyFields() {
        let fields = Array(repeating: "a=1", count: 100_000).joined(separator: "&")
        let query = #expect(throws: HTTPError.self) { try request("/?" + fields).validate() }
        #expect(query?.reason == "The query has more than 1000 fields.")
        #expect(request("/?" + fields).query.count == 1000)
        let form = request(
            "/", ["CONTENT_TYPE": "application/x-www-form-urlencoded"], body: .bytes(Array(fields.utf8)))
        let error = #expect(throws: HTTPError.self) { try form.form }
        #expect(error?.status == .contentTooLarge)
    }

    @Test("a form is decoded; a body of another type has no fields")
    func form() throws {
        let type = "application/x-www-form-urlencoded; charset=utf-8"
        let sent = request("/", ["CONTENT_TYPE": type], body: .bytes(Array("a=1+2&b=%3D&a=3".utf8)))
        #expect(try sent.form["a"] == "1 2")
        #expect(try sent.form.all("a") == ["1 2", "3"])
        #expect(try request("/", ["CONTENT_TYPE": "text/plain"], body: .bytes(Array("a=1".utf8))).form.isEmpty)
    }

    @Test(
        "a Content-Length that is no number of bytes is a 400", arguments: ["-1", "abc", "1e3", "99999999999999999999"])
    func contentLength(text: String) {
        #expect(throws: HTTPError.self) { try request("/", ["CONTENT_LENGTH": text]).validate() }
    }

    @Test("headers are found without case, and Proxy never becomes HTTP_PROXY")
    func headers() {
        let sent = request("/", ["HTTP_X_FORWARDED_FOR": "a", "CONTENT_TYPE": "text/plain", "HTTP_PROXY": "evil"])
        #expect(sent.headers["x-forwarded-for"] == "a")
        #expect(sent.headers["Content-Type"] == "text/plain")
        #expect(sent.headers["Proxy"] == nil)
        #expect(sent.headers.map(\.name) == ["X-Forwarded-For", "Content-Type"])
        #expect(sent.headers[""] == nil)
    }

    @Test("a host with strange bytes is not believed, a strange request id is replaced, a strange time ignored")
    func untrusted() {
        let sent = request(
            "/", ["HTTP_HOST": "a/b", "SERVER_NAME": "real", "REQUEST_ID": "x\ny", "REQUEST_START": "-5"])
        #expect(sent.host == "real")
        #expect(sent.requestID.utf8.count == 32)
        #expect(sent.requestID == sent.requestID)
        #expect(sent.startedAt == nil)
        #expect(request("/", ["REQUEST_START": "1700000000.125"]).startedAt == 1_700_000_000_125_000)
    }

    @Test("cookies: the first of a name wins, quoted values are read")
    func cookies() {
        let sent = request("/", ["HTTP_COOKIE": #"a=1; b="x\073\"y"; a=2; broken; =z"#])
        #expect(sent.cookies["a"] == "1")
        #expect(sent.cookies["b"] == #"x;"y"#)
        #expect(sent.cookies["broken"] == "" && sent.cookies.count == 4)
    }

    @Test("accept headers are ranked by quality, then by exactness")
    func accept() {
        let accept = Accept("text/*;q=0.5, application/json, */*;q=0.1")
        #expect(accept.best(of: ["text/html", "application/json"]) == "application/json")
        #expect(accept.quality(of: "text/html") == 0.5)
        #expect(accept.quality(of: "image/png") == 0.1)
        #expect(Accept("text/html;q=0").best(of: ["text/html"]) == nil)
        #expect(Accept(nil).best(of: ["a"]) == nil)
    }

    @Test("JSON bodies: wrong type 415, malformed 400 with the place")
    func json() throws {
        let sent = request("/", ["CONTENT_TYPE": "application/json"], body: .bytes(Array(#"{"a":[1,2]}"#.utf8)))
        #expect(try sent.json()["a"]?[1]?.int == 2)
        let bad = request("/", ["CONTENT_TYPE": "application/json"], body: .bytes(Array("{".utf8)))
        #expect(throws: HTTPError.self) { try bad.json() }
        let error = #expect(throws: HTTPError.self) { try request("/").json() }
        #expect(error?.status == 415)
    }
}
