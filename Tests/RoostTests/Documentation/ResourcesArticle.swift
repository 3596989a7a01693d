import Roost
import Testing

// The examples of Resources.md, word by word: ArticleTests looks for them here.

struct Note: Sendable {
    var id: Int
    var text: String
    var tags: [String] = []
    var author: Author?

    static let output = Output<Note>(
        "Note", .field("id", \.id), .field("text", \.text), .field("url") { "/notes/\($0.id)" }, .field("tags", \.tags),
        .nested("author", \.author, Author.output))
}

final class NoteStore {
    private var notes = [Note(id: 1, text: "first")]
    func find(_ id: Int) -> Note? { notes.first { $0.id == id } }
    func page(_ page: Int) -> [Note] { page == 1 ? notes : [] }
    func remove(_ id: Int) { notes.removeAll { $0.id == id } }

    func save(_ note: Note) {
        remove(note.id)
        notes.append(note)
    }
}

let noStore: ViewDecorator = { view in
    { request in
        var response = try view(request)
        response.headers["Cache-Control"] = "no-store"
        return response
    }
}

struct NoteView: MethodView {
    let notes: NoteStore

    static var decorators: [ViewDecorator] { [noStore] }

    static func methods(_ methods: inout ViewMethods<Self>) {
        methods.get(APIOperation("One note", output: Note.output.schema, errors: [404]), Self.show)
        methods.put(APIOperation("Changes a note", arguments: Self.changes, output: Note.output.schema), Self.change)
        methods.delete(APIOperation("Removes a note", status: 204), Self.remove)
    }

    func show(_ request: Request, id: Int) throws -> JSON {
        Note.output(try notes.find(id) ?? abort(404))
    }

    func change(_ request: Request, id: Int) throws -> JSON {
        let values = try Self.changes.parse(request)
        var note: Note = try notes.find(id) ?? abort(404)
        note.text = values[Self.text]
        note.tags = values[Self.tags]
        notes.save(note)
        return Note.output(note)
    }

    func remove(_ request: Request, id: Int) { notes.remove(id) }
}

extension NoteView {
    static let text = RequestArgument("text", String.self, help: "The text of the note").length(1...1000)
    static let tags = RequestArgument(list: "tags", String.self)
    static let page = RequestArgument("page", Int.self, in: [.query], default: 1).range(1...1000)
    static let changes = RequestParser(text, tags)
}

@Suite("The examples of the article about resources")
struct ResourcesArticleTests {
    @Test("notes are shown, changed, removed and described")
    func notes() throws {
        let app = App("test")
        let notes = NoteStore()
        try app.view("/notes/<int:id>", NoteView(notes: notes), endpoint: "note")
        let list = APIOperation(
            "All notes", arguments: RequestParser(NoteView.page), output: Note.output.schema.list("notes"))
        try app.describing(list).get("/notes/") { request in
            let page = try RequestParser(NoteView.page).parse(request)[NoteView.page]
            return Note.output(list: notes.page(page), "notes")
        }
        var about = APIDescription("Notes", version: "1.0")
        about.securitySchemes = [("basic", .basic), ("token", .bearer())]
        about.security = ["basic", "token"]
        try app.serveOpenAPI("/openapi.json", about)

        let client = app.testClient()
        #expect(client.get("/notes/1").headers["Cache-Control"] == "no-store")
        let changed = try client.send(.put, "/notes/1", json: ["text": "new", "tags": ["a"]]).json()
        #expect(changed == ["id": 1, "text": "new", "url": "/notes/1", "tags": ["a"], "author": nil])
        #expect(try client.send(.put, "/notes/1", json: [:]).json() == ["message": ["text": "The text of the note"]])
        #expect(try client.get("/notes/?page=0").json() == ["message": ["page": "must be from 1 to 1000"]])
        #expect(try client.get("/notes/").json()["notes"]?[0]?["text"] == "new")
        #expect(client.delete("/notes/1").status == 204 && client.get("/notes/1").status == 404)
        #expect(try client.get("/openapi.json").json()["paths"]?.object?.keys == ["/notes/{id}", "/notes/"])
    }
}
