import Glibc
import RoostHTTP
import Testing

@Suite("A multipart form")
struct MultipartTests {
    private func request(
        _ body: RequestBody, type: String = "multipart/form-data; boundary=xyz", limits: RequestLimits = RequestLimits()
    ) -> HTTPRequest {
        HTTPRequest(variables: ["CONTENT_TYPE": type], body: body, limits: limits)
    }

    private func request(_ body: String, limits: RequestLimits = RequestLimits()) -> HTTPRequest {
        request(.bytes(Array(body.utf8)), limits: limits)
    }

    private func part(_ disposition: String, _ data: String, headers: String = "") -> String {
        "--xyz\r\nContent-Disposition: form-data; \(disposition)\r\n\(headers)\r\n\(data)\r\n"
    }

    @Test("fields and files come in order, names and types as sent")
    func parts() throws {
        let sent = request(
            part("name=a", "1") + part("name=\"a\"", "zwei\r\nü")
                + part(#"name="f"; filename="x \"y%22.txt""#, "\r\n--xy\r\n", headers: "Content-Type: text/plain\r\n")
                + part("name=f; filename*=utf-8''%C3%BC.bin", "") + "--xyz--\r\nepilogue")
        #expect(try sent.form.all("a") == ["1", "zwei\r\nü"])
        let files = try sent.files
        #expect(files.count == 2 && files.names == ["f"] && !files.contains("a"))
        let first = try #require(files["f"])
        #expect(first.filename == #"x "y".txt"# && first.secureFilename == "x_y.txt")
        #expect(first.contentType == "text/plain" && first.size == 8)
        #expect(try first.bytes() == Array("\r\n--xy\r\n".utf8))
        #expect(files.all("f")[1].filename == "ü.bin" && files.all("f")[1].size == 0)
    }

    @Test("LF alone ends lines too, blanks may follow a boundary, a preamble is skipped")
    func lineEnds() throws {
        let sent = request(
            "hello\n--xyz \t\nContent-Disposition: form-data;\n name=a\n\n1\n--xyz\nContent-Disposition: x; name=b\n\n--xyz--"
        )
        #expect(try sent.form["a"] == "1")
        #expect(try sent.form["b"] == "")
    }

    @Test(
        "what is no form is a 400 that says why",
        arguments: [
            ("", "has no boundary line"), ("--xyz", "no boundary line"), ("--xyz\r\n", "ends before"),
            ("--xyz\r\nContent-Disposition: form-data; name=a\r\n\r\nabc", "ends before its last boundary"),
            ("--xyz\r\n\r\nabc\r\n--xyz--", "no Content-Disposition"),
            ("--xyz\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--xyz--", "Part 1 of the form has no name"),
            ("--xyz\r\nbroken header\r\n\r\nabc\r\n--xyz--", "malformed header"),
        ])
    func malformed(body: String, reason: String) {
        let error = #expect(throws: HTTPError.self) { try request(body).form }
        #expect(error?.status == 400)
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "-")")
    }

    @Test("a content type without a proper boundary is a 400", arguments: ["", "; boundary=", "; boundary=\"\""])
    func boundary(parameters: String) {
        let sent = request(.bytes([]), type: "multipart/form-data" + parameters)
        #expect(throws: HTTPError.self) { try sent.files }
    }

    @Test("limits: parts and fields 413, a part's headers 431, one file 413")
    func limits() {
        func status(_ body: String, _ change: (inout RequestLimits) -> Void) -> Int? {
            var limits = RequestLimits()
            change(&limits)
            return #expect(throws: HTTPError.self) { try request(body, limits: limits).form }?.status.code
        }
        let two = part("name=a", "12345") + part("name=f; filename=x", "12345") + "--xyz--"
        #expect(status(two) { $0.parts = 1 } == 413)
        #expect(status(two) { $0.formBytes = 5 } == 413)
        #expect(status(two) { $0.fileBytes = 4 } == 413)
        #expect(status(two) { $0.partHeaderBytes = 30 } == 431)
        let endless = "--xyz\r\nX: " + String(repeating: "x", count: 200_000)
        #expect(status(endless) { _ in } == 431)
    }

    @Test("a large file goes to disk, is saved whole, and its temporary file goes with the request")
    func spooled() throws {
        var limits = RequestLimits()
        limits.fileSpoolAbove = 1000
        let data = String(repeating: "0123456789\r\n--xy", count: 20_000)
        let path = "/tmp/roost-upload-test-\(getpid())"
        defer { unlink(path) }
        var spoolPath = ""
        do {
            let sent = request(part("name=f; filename=big", data) + "--xyz--", limits: limits)
            let file = try #require(try sent.files["f"])
            spoolPath = try #require(file.spoolPath)
            #expect(file.size == Int64(data.utf8.count))
            #expect(access(spoolPath, F_OK) == 0)
            try file.save(to: path)
            #expect(throws: UploadError.self) { try file.save(to: "/nonexistent/x") }
            #expect(throws: HTTPError.self) { try file.bytes(limit: 10) }
        }
        #expect(access(spoolPath, F_OK) != 0)
        let saved = try RequestBody.file(path: path, size: Int64(data.utf8.count)).bytes(limit: .max)
        #expect(saved == Array(data.utf8))
        #expect(throws: HTTPError.self) {
            limits.spoolFolder = "/nonexistent"
            return try request(part("name=f; filename=big", data) + "--xyz--", limits: limits).files
        }
    }

    @Test("a body that the gateway spooled is read piece by piece, wherever the pieces are cut")
    func fromFile() throws {
        let data = String(repeating: "\r\n--xy\r", count: 30_000)
        let body = Array((part("name=f; filename=a", data) + part("name=b", "end") + "--xyz--").utf8)
        let path = "/tmp/roost-body-test-\(getpid())"
        defer { unlink(path) }
        try UploadedFile(name: "", filename: "", bytes: body).save(to: path)
        let sent = request(.file(path: path, size: Int64(body.count)))
        #expect(try sent.files["f"]?.bytes() == Array(data.utf8))
        #expect(try sent.form["b"] == "end")
        let short = request(.file(path: path, size: Int64(body.count) + 1))
        #expect(throws: HTTPError.self) { try short.form }
    }
}
