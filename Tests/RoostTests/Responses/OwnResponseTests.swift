import Roost
import Testing

@Suite("Responses of an app's own making")
struct OwnResponseTests {
    private struct Unreadable: Error {}

    /// Rows as comma-separated values, for those who may read them.
    private struct Table: ResponseConvertible {
        let rows: [[String]]

        func response(to request: Request) throws -> Response {
            guard !rows.isEmpty else { throw Unreadable() }
            let text = rows.map { $0.joined(separator: ",") + "\n" }.joined()
            var response = Response(Array(text.utf8), contentType: "text/csv; charset=utf-8")
            response.headers["X-For"] = request.path
            return response
        }
    }

    /// A type that writes its JSON itself.
    private struct Point: JSONWritable {
        func write(to writer: inout JSONWriter) { writer.value(["x": 1, "y": 2] as JSONValue) }
    }

    @Test("a type of the app's own knows the request, goes with a status, and its errors are the view's")
    func table() throws {
        let app = App("test")
        try app.errorHandler(for: Unreadable.self) { request, error in Response.text("nothing to read", status: 422) }
        try app.get("/rows/<int:count>") { (request, count: Int) in
            (Table(rows: (0..<count).map { ["\($0)", "x"] }), 203)
        }
        let client = app.testClient()
        let rows = client.get("/rows/2")
        #expect(rows.status == 203 && rows.text == "0,x\n1,x\n" && rows.headers["X-For"] == "/rows/2")
        #expect(rows.contentType == "text/csv; charset=utf-8")
        #expect(client.get("/rows/0").text == "nothing to read")
    }

    @Test("a type that writes its JSON itself is JSON")
    func writable() throws {
        let app = App("test")
        try app.get("/") { request in JSON(Point(), status: 202) }
        let response = app.testClient().get("/")
        #expect(response.status == 202 && response.text == "{\"x\":1,\"y\":2}\n")
    }

    @Test("what starts with a worker runs before its first request, and its error stops the start")
    func workerStart() throws {
        final class Steps { var words: [String] = [] }
        let (app, steps) = (App("test"), Steps())
        try app.onWorkerStart { app in steps.words.append("worker \(app.workerSlot ?? -1)") }
        try app.get("/") { request in steps.words.joined() }
        try app.startWorker(slot: 3, pid: 7)
        #expect(app.testClient().get("/").text == "worker 3")
        let broken = App("broken")
        try broken.onWorkerStart { _ in throw Unreadable() }
        #expect(throws: Unreadable.self) { try broken.startWorker() }
    }
}
