import Glibc
import Roost
import Testing

private struct ArticleView: MethodView {
    static let title = RequestArgument("title", String.self, help: "Its title").length(1...64)
    static let changes = RequestParser(title, RequestArgument("draft", Bool.self, default: false))

    static func methods(_ methods: inout ViewMethods<Self>) {
        methods.get(APIOperation("One article", output: Story.output.schema, errors: [404], security: []), Self.show)
        methods.put(
            APIOperation("Changes an article", arguments: changes, output: Story.output.schema), Self.change)
        methods.delete(APIOperation("Removes an article", status: 204, errors: [403, 404]), Self.remove)
    }

    func show(_ request: Request, id: Int) -> JSON { Story.output(Story(id: id)) }

    func change(_ request: Request, id: Int) throws -> JSON {
        _ = try Self.changes.parse(request)[Self.title]
        return Story.output(Story(id: id))
    }

    func remove(_ request: Request, id: Int) {}
}

@Suite("The description of an API")
struct OpenAPITests {
    private func about() -> APIDescription {
        var about = APIDescription("Articles", version: "1.0", description: "All about *articles*")
        about.securitySchemes = [("basic", .basic), ("token", .bearer(format: "JWT")), ("session", .cookie("session"))]
        about.security = ["basic", "token"]
        about.servers = ["https://example.org"]
        return about
    }

    private func app() throws -> App {
        let app = App("test")
        let api = Blueprint("api")
        try api.view("/articles/<int(min=1,max=1000):id>", ArticleView(), endpoint: "article")
        let list = RequestParser(
            RequestArgument("page", Int.self, in: [.query], default: 1, help: "Which page").range(1...1000),
            RequestArgument(list: "tag", String.self, in: [.query]), RequestArgument(optional: "X-Trace", String.self, in: [.header]))
        try api.describing(
            APIOperation("All articles", arguments: list, output: Story.output.schema.list("articles"))
        )
        .get("/articles/", endpoint: "articles") { request in
            _ = try list.parse(request)
            return Story.output(list: [], "articles")
        }
        let create = RequestParser(ArticleView.title)
        try api.describing(APIOperation("A new article", arguments: create, status: 201))
            .post("/articles/", endpoint: "articles") { request in
                _ = try create.parse(request)
                return Status.created
            }
        try api.describing(APIOperation("Files"))
            .get("/files/<uuid:set>/<any(small,large):size>/<float:scale>/<path:name>") {
                (request, set: String, size: String, scale: Double, name: String) in name
            }
        try api.get("/hidden") { _ in "not described" }
        try app.register(api, prefix: "/api/v1")
        try app.serveOpenAPI("/openapi.json", about())
        return app
    }

    @Test("paths, methods, parameters and bodies come from routes and arguments")
    func document() throws {
        let document = try app().testClient().get("/openapi.json").json()
        #expect(document["openapi"] == "3.1.0" && document["info"]?["title"] == "Articles")
        let paths = try #require(document["paths"])
        #expect(
            paths.object?.keys == [
                "/api/v1/articles/{id}", "/api/v1/articles/", "/api/v1/files/{set}/{size}/{scale}/{name}",
            ])
        let one = paths["/api/v1/articles/{id}"]
        #expect(one?.object?.keys == ["delete", "get", "put"])
        #expect(
            one?["get"]?["parameters"] == [
                [
                    "name": "id", "in": "path", "required": true,
                    "schema": ["type": "integer", "minimum": 1, "maximum": 1000],
                ]
            ])
        #expect(one?["get"]?["security"] == [] && one?["put"]?["security"] == nil)
        #expect(one?["get"]?["responses"]?.object?.keys == ["200", "404"])
        #expect(one?["delete"]?["responses"]?.object?.keys == ["204", "403", "404"])
        let body = one?["put"]?["requestBody"]
        let schema = body?["content"]?["application/json"]?["schema"]
        #expect(body?["required"] == true && schema?["required"] == ["title"])
        #expect(
            schema?["properties"]?["title"] == [
                "type": "string", "minLength": 1, "maxLength": 64, "description": "Its title",
            ])
        #expect(schema?["properties"]?["draft"] == ["type": "boolean", "default": false])
        let list = paths["/api/v1/articles/"]
        #expect(list?.object?.keys == ["get", "post"])
        let parameters = list?["get"]?["parameters"]?.array ?? []
        #expect(parameters.map { $0["in"] } == ["query", "query", "header"])
        #expect(parameters.map { $0["name"] } == ["page", "tag", "X-Trace"])
        #expect(parameters[0]["schema"] == ["type": "integer", "minimum": 1, "maximum": 1000, "default": 1])
        #expect(parameters[1]["schema"] == ["type": "array", "items": ["type": "string"]])
        #expect(list?["post"]?["operationId"] == "api.articles.2" && list?["post"]?["tags"] == ["api"])
    }

    @Test("shapes are described once and referred to")
    func schemas() throws {
        let document = try app().openAPI(about())
        let schemas = try #require(document["components"]?["schemas"])
        #expect(schemas.object?.keys == ["Article", "Author", "Comment"])
        let article = schemas["Article"]
        #expect(article?["properties"]?["author"] == ["$ref": "#/components/schemas/Author"])
        #expect(article?["properties"]?["text"] == ["type": "string", "description": "In Markdown"])
        #expect(article?["properties"]?["score"] == ["anyOf": [["type": "number"], ["type": "null"]]])
        #expect(article?["required"]?.array?.contains("summary") == false)
        let list = document["paths"]?["/api/v1/articles/"]?["get"]?["responses"]?["200"]?["content"]
        #expect(list?["application/json"]?["schema"]?["required"] == ["articles"])
        #expect(document["components"]?["securitySchemes"]?["token"]?["bearerFormat"] == "JWT")
    }

    @Test("errors have the bodies that the description gives their statuses, successes their headers")
    func errorBodies() throws {
        let app = App("test")
        let error = Output<String>("Error", .field("error", \.self)).schema
        let operation = APIOperation("One", errors: [403, 404, 500], headers: [("Location", "Where it is")])
        try app.describing(operation).get("/one") { _ in "" }
        var about = APIDescription("Errors", version: "1")
        about.errors = [404, 429]
        about.errorBodies = [APIErrorBody([404], error, isAlsoHTML: true), APIErrorBody([403, 404], error)]
        let document = try app.openAPI(about)
        let responses = document["paths"]?["/one"]?["get"]?["responses"]
        let reference: JSONValue = ["schema": ["$ref": "#/components/schemas/Error"]]
        #expect(responses?["403"]?["content"] == ["application/json": reference])
        #expect(
            responses?["404"]?["content"]
                == ["application/json": reference, "text/html": ["schema": ["type": "string"]]])
        #expect(responses?["500"]?["content"] == nil && responses?["429"]?["description"] == "Too Many Requests")
        #expect(responses?["200"]?["headers"]?["Location"]?["description"] == "Where it is")
    }

    @Test("a body without necessary members is required only where that is said", arguments: [true, false])
    func requiredBody(isRequired: Bool) throws {
        let app = App("test")
        let title = RequestArgument(optional: "title", String.self, in: [.json])
        let operation = APIOperation("One", arguments: RequestParser(title), requiresBody: isRequired)
        try app.describing(operation).put("/one") { _ in "" }
        let document = try app.openAPI(APIDescription("Bodies", version: "1"))
        let body = document["paths"]?["/one"]?["put"]?["requestBody"]
        #expect(body?["required"] == .bool(isRequired))
        #expect(body?["content"]?["application/json"]?["schema"]?["required"] == nil)
    }

    @Test("a security scheme that does not exist is refused, with the place of the route")
    func unknownScheme() throws {
        var about = about()
        about.security = ["password"]
        let error = #expect(throws: SetupError.self) { try app().openAPI(about) }
        #expect(error?.description.contains("no security scheme \"password\"") == true)
    }

    @Test("routes that are not described are left out, unless all are wanted")
    func includes() throws {
        let document = try app().openAPI(about()) { $0.blueprint == "api" }
        #expect(document["paths"]?["/api/v1/hidden"]?["get"]?["responses"]?["200"] != nil)
    }

    @Test("every reference leads somewhere, every operation has its own id")
    func consistent() throws {
        let document = try app().openAPI(about())
        var (references, ids): (Set<String>, [String]) = ([], [])
        func look(_ value: JSONValue) {
            for (key, inner) in value.object ?? JSONObject() {
                if key == "$ref", let text = inner.string { references.insert(text) }
                if key == "operationId", let text = inner.string { ids.append(text) }
                look(inner)
            }
            for inner in value.array ?? [] { look(inner) }
        }
        look(document)
        #expect(references.count == 3 && Set(ids).count == ids.count && ids.count == 6)
        for reference in references {
            let name = reference.split(separator: "/").last.map(String.init) ?? ""
            #expect(document["components"]?["schemas"]?[name]?["type"] == "object", "\(reference)")
        }
    }

    @Test(
        "openapi-spec-validator finds nothing to complain about",
        .enabled(if: Validation.isAvailable, "needs a Python with openapi-spec-validator (ROOST_TEST_PYTHON)"))
    func validated() throws {
        let problem = try Validation.problem(of: app().testClient().get("/openapi.json").text)
        #expect(problem == "", "\(problem)")
        let broken = try Validation.problem(of: #"{"openapi": "3.1.0", "info": {"title": "x"}, "paths": {}}"#)
        #expect(broken.contains("version"))
    }
}

/// The validator of the Python package index.
private enum Validation {
    static let python = getenv("ROOST_TEST_PYTHON").map { String(cString: $0) } ?? "python3"
    static let isAvailable = system("\(python) -c 'import openapi_spec_validator' >/dev/null 2>&1") == 0

    /// What it says about a document; empty when it is right.
    static func problem(of document: String) throws -> String {
        var template = Array("/tmp/roost-openapi-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        defer {
            close(descriptor)
            unlink(template)
        }
        let bytes = Array(document.utf8)
        #expect(write(descriptor, bytes, bytes.count) == bytes.count)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let program = """
            import json, sys, openapi_spec_validator as v
            try: v.validate(json.load(open(sys.argv[1])))
            except Exception as error: print(error)
            """
        let pipe = try #require(popen("\(python) -c '\(program)' \(path) 2>&1", "r"))
        var output: [UInt8] = []
        while case let byte = fgetc(pipe), byte != EOF { output.append(UInt8(byte)) }
        pclose(pipe)
        return String(decoding: output, as: UTF8.self)
    }
}
