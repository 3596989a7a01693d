import Roost
import Testing

private enum Order: String, CaseIterable, ArgumentValue { case newest, oldest }

private enum Arguments {
    static let title = RequestArgument("title", String.self, help: "A title is needed: {error_msg}").length(2...8)
    static let page = RequestArgument("page", Int.self, in: [.query], default: 1).range(1...9)
    static let ratio = RequestArgument(optional: "ratio", Double.self)
    static let tags = RequestArgument(list: "tags", String.self)
    static let order = RequestArgument("order", Order.self, default: .newest)
    static let isDraft = RequestArgument("draft", Bool.self, default: false)
    static let kind = RequestArgument("kind", String.self, default: "a").choices(["a", "b"])
    static let version = RequestArgument(optional: "X-Version", Int.self, in: [.header])
    static let theme = RequestArgument(optional: "theme", String.self, in: [.cookie])
    static let meta = RequestArgument("meta", JSONValue.self, in: [.json], default: nil)
    static let parser = RequestParser(title, page, ratio, tags, order, isDraft, kind, version, theme, meta)
}

@Suite("Arguments of an API")
struct ArgumentTests {
    private func app(_ parser: RequestParser = Arguments.parser) throws -> TestClient {
        let app = App("test")
        app.logger.logLevel = .critical
        try app.describing(APIOperation("All", arguments: parser)).route("/", methods: [.get, .post]) { request in
            let values = try parser.parse(request)
            var json = JSONObject()
            json["title"] = .string(values[Arguments.title])
            json["page"] = .int(values[Arguments.page])
            json["ratio"] = values[Arguments.ratio].map { .double($0) } ?? .null
            json["tags"] = .array(values[Arguments.tags].map { .string($0) })
            json["order"] = .string(values[Arguments.order].rawValue)
            json["draft"] = .bool(values[Arguments.isDraft])
            json["kind"] = .string(values[Arguments.kind])
            json["version"] = values[Arguments.version].map { .int($0) } ?? .null
            json["theme"] = values[Arguments.theme].map { .string($0) } ?? .null
            json["meta"] = values[Arguments.meta]
            return JSON(.object(json))
        }
        return app.testClient()
    }

    private static let standard: JSONValue = [
        "title": "Hello", "page": 1, "ratio": nil, "tags": [], "order": "newest", "draft": false, "kind": "a",
        "version": nil, "theme": nil, "meta": nil,
    ]

    @Test("what is missing has its default, nil or no elements")
    func defaults() throws {
        #expect(try app().get("/?title=Hello").json() == Self.standard)
        #expect(try app().send(json: ["title": "Hello"], "/").json() == Self.standard)
        #expect(try app().send(json: ["title": "Hello", "ratio": nil, "order": nil], "/").json() == Self.standard)
    }

    @Test("values come typed from query, form, JSON, headers and cookies")
    func locations() throws {
        let client = try app()
        client.cookies["theme"] = "dark"
        let got = try client.send(
            .post, "/?page=3&title=ignored",
            json: [
                "title": "Hello", "ratio": 1, "tags": ["a", "b"], "order": "oldest", "draft": true, "meta": ["x": [1]],
            ],
            headers: ["X-Version": "7"]
        ).json()
        #expect(
            got == [
                "title": "Hello", "page": 3, "ratio": 1.0, "tags": ["a", "b"], "order": "oldest", "draft": true,
                "kind": "a", "version": 7, "theme": "dark", "meta": ["x": [1]],
            ])
        let form = try client.post("/", form: ["title": "Hello", "tags": "a", "tags": "b", "draft": "on"]).json()
        #expect(form["tags"] == ["a", "b"] && form["draft"] == true)
    }

    @Test("everything that is wrong is said at once, in JSON whatever the client accepts")
    func problems() throws {
        let response = try app().get(
            "/?page=10&ratio=x&order=best&draft=perhaps&kind=c", headers: ["X-Version": "x", "Accept": "text/html"])
        #expect(response.status == 400)
        #expect(
            try response.json() == [
                "message": [
                    "title":
                        "A title is needed: Missing required parameter in the JSON body or the post body or the query string",
                    "page": "must be from 1 to 9", "ratio": "must be a number",
                    "order": "must be one of newest, oldest",
                    "draft": "must be true or false", "kind": "must be one of a, b",
                    "X-Version": "must be a whole number",
                ]
            ])
    }

    @Test(
        "JSON of another type is wrong, not converted",
        arguments: [
            (#"{"title": 5}"#, "title"), (#"{"title": "Hello", "draft": "true"}"#, "draft"),
            (#"{"title": "Hello", "tags": "a"}"#, "tags"), (#"{"title": "Hello", "tags": [1]}"#, "tags"),
            (#"{"title": null}"#, "title"), (#"{"title": "x"}"#, "title"), (#"{"title": "123456789"}"#, "title"),
        ])
    func types(body: String, name: String) throws {
        let response = try app().send(.post, "/", body: Array(body.utf8), type: "application/json")
        #expect(response.status == 400)
        #expect(try response.json()["message"]?.object?.keys == [name])
    }

    @Test("a body that is no JSON object is 400 too", arguments: ["[1]", "5", "{", ""])
    func noObject(body: String) throws {
        #expect(try app().send(.post, "/", body: Array(body.utf8), type: "application/json").status == 400)
    }

    @Test("a strict parser refuses what it does not know")
    func strict() throws {
        var parser = Arguments.parser
        parser.isStrict = true
        let response = try app(parser).send(json: ["title": "Hello", "admin": true, "admin2": 1], "/?debug=1&title=x")
        #expect(
            try response.json()["message"] == [
                "debug": "Unknown argument", "admin": "Unknown argument", "admin2": "Unknown argument",
            ])
    }

    @Test("an app may answer wrong arguments in its own words")
    func ownWords() throws {
        let app = App("test")
        let parser = RequestParser(Arguments.title)
        try app.errorHandler(for: ArgumentErrors.self) { _, errors in Response.text("wrong: \(errors)", status: 422) }
        try app.describing(APIOperation("One", arguments: parser)).get("/") { request in
            try parser.parse(request)[Arguments.title]
        }
        let response = app.testClient().get("/?title=x")
        #expect(response.status == 422 && response.text.hasPrefix("wrong: title: "))
    }

    @Test("in an ordinary view the errors are an ordinary error page")
    func ordinaryView() throws {
        let app = App("test")
        let parser = RequestParser(Arguments.title, Arguments.page)
        try app.get("/") { request in try parser.parse(request)[Arguments.title] }
        let response = app.testClient().get("/?page=0&title=Hello")
        #expect(response.status == 400 && response.text.contains("page: must be from 1 to 9"))
    }
}

extension TestClient {
    fileprivate func send(json: JSONValue, _ target: String) -> TestResponse { send(.post, target, json: json) }
}
