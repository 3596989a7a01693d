import Roost
import Testing

struct Author: Sendable {
    var id = 1
    var name: String? = "Jane"

    static let output = Output<Author>("Author", .field("id", \.id), .field("name", \.name, default: "anonymous"))
}

struct Remark: Sendable {
    var text: String
    var author: Author?

    static let output = Output<Remark>(
        "Comment", .field("text", \.text), .nested("author", \.author, Author.output))
}

struct Story: Sendable {
    var id = 7
    var body = "<b>\"x\"</b>"
    var score: Double? = 1.5
    var summary: String?
    var tags = ["a", "b"]
    var author = Author()
    var comments = [Remark(text: "hi", author: nil), Remark(text: "ho", author: Author(id: 2, name: nil))]

    static let output = Output<Story>(
        "Article", .field("id", \.id), .field("text", \.body, help: "In Markdown"),
        .field("url") { "/articles/\($0.id)" }, .field("score", \.score), .optional("summary", \.summary),
        .field("tags", \.tags), .nested("author", \.author, Author.output),
        .list("comments", \.comments, Remark.output))
}

@Suite("Output of an API")
struct OutputTests {
    private func text(_ json: JSON) throws -> String {
        let app = App("test")
        try app.get("/") { _ in json }
        return app.testClient().get("/").text
    }

    @Test("members come renamed, made, with defaults, nested and in lists, in the order declared")
    func members() throws {
        #expect(
            try text(Story.output(Story())) == #"""
                {"id":7,"text":"<b>\"x\"</b>","url":"/articles/7","score":1.5,"tags":["a","b"],"author":{"id":1,"name":"Jane"},\#
                "comments":[{"text":"hi","author":null},{"text":"ho","author":{"id":2,"name":"anonymous"}}]}

                """#)
    }

    @Test("nil is null, and an optional member is left out")
    func missing() throws {
        var article = Story()
        (article.score, article.summary, article.comments) = (nil, "short", [])
        let json = try text(Story.output(article))
        #expect(json.contains(#""score":null,"summary":"short""#) && json.contains(#""comments":[]"#))
    }

    @Test("many values are a list, alone or in an envelope")
    func lists() throws {
        let authors = [Author(), Author(id: 2, name: "Bo")]
        #expect(try text(Author.output(list: authors)) == #"[{"id":1,"name":"Jane"},{"id":2,"name":"Bo"}]"# + "\n")
        #expect(try text(Author.output(list: [], "authors")) == #"{"authors":[]}"# + "\n")
    }

    @Test("an output can have more members under another name")
    func adding() throws {
        let detailed = Author.output.adding("DetailedAuthor", .field("shout") { ($0.name ?? "").uppercased() })
        #expect(try text(detailed(Author())) == #"{"id":1,"name":"Jane","shout":"JANE"}"# + "\n")
    }
}
