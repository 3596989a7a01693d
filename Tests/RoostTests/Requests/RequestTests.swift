import Roost
import Testing

@Suite("What a request tells of itself")
struct RequestTests {
    @Test("its addresses, with scheme, host, prefix and query")
    func addresses() throws {
        let app = App("test")
        try app.get("/a b/<name>", endpoint: "page") { (request, name: String) in
            [request.url, request.baseURL, request.rootURL, request.fullPath, request.path].joined(separator: " | ")
        }
        let client = app.testClient()
        (client.scheme, client.host) = ("https", "example.org:8443")
        #expect(
            client.get("/a%20b/caf%C3%A9?q=1&q=%26").text == """
                https://example.org:8443/a%20b/caf%C3%A9?q=1&q=%26 | https://example.org:8443/a%20b/caf%C3%A9 | \
                https://example.org:8443/ | /a%20b/caf%C3%A9?q=1&q=%26 | /a b/café
                """)
    }

    @Test("values of the query come before those of the form, all of them are kept")
    func values() throws {
        let app = App("test")
        try app.post("/") { request in
            let values = try request.values
            return "\(values["a"] ?? "-") \(values.all("a")) \(values.get("n", default: 0)) \(values["b"] ?? "-")"
        }
        let response = app.testClient().post("/?a=1&a=2&n=7", form: ["a": "3", "b": "4", "n": "x"])
        #expect(response.text == #"1 ["1", "2", "3"] 7 4"#)
    }

    @Test("its body, whole or in pieces, with its length and type")
    func body() throws {
        let app = App("test")
        try app.post("/whole") { request in
            "\(try request.bytes().count) \(request.contentLength ?? -1) \(request.contentType ?? "-")"
        }
        try app.post("/pieces") { request in
            var sum = 0
            try request.withBodyChunks { piece in sum += piece.reduce(0) { $0 + Int($1) } }
            return "\(sum)"
        }
        let (client, bytes) = (app.testClient(), [UInt8](repeating: 2, count: 100_000))
        #expect(client.send(.post, "/whole", body: bytes, type: "image/png").text == "100000 100000 image/png")
        #expect(client.send(.post, "/pieces", body: bytes).text == "200000")
        #expect(client.post("/whole").text.hasPrefix("0 0"))
    }

    @Test("what it accepts, by weight")
    func accepts() throws {
        let app = App("test")
        try app.get("/") { request in
            let language = request.acceptLanguages.best(of: ["fr", "de"]) ?? "-"
            let type = request.accept.best(of: ["text/html", "application/json"]) ?? "-"
            return "\(language) \(type) \(request.userAgent ?? "-") \(request.referrer ?? "-")"
        }
        let headers = [
            "Accept-Language": "en;q=0.3, de-AT", "Accept": "text/html;q=0.5, application/json",
            "User-Agent": "curl", "Referer": "/before",
        ]
        #expect(app.testClient().get("/", headers: headers).text == "de application/json curl /before")
        // Who says nothing prefers nothing.
        #expect(app.testClient().get("/").text == "- - - -")
    }
}
