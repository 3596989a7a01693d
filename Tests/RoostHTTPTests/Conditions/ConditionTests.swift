import RoostHTTP
import Testing

@Suite("Conditions and credentials")
struct ConditionTests {
    private func verdict(
        _ method: HTTPMethod, _ headers: ServerVariables, etag: String? = "\"a\"", lastModified: Int64? = 100
    ) -> Conditional.Verdict {
        Conditional.evaluate(
            method, HTTPRequest(variables: headers).headers, etag: etag, lastModified: lastModified)
    }

    @Test("If-Match compares strongly, and a missing thing matches nothing, not even a star")
    func ifMatch() {
        #expect(verdict(.put, ["HTTP_IF_MATCH": "\"b\", \"a\""]) == .proceed)
        #expect(verdict(.put, ["HTTP_IF_MATCH": "\"b\""]) == .failed)
        #expect(verdict(.put, ["HTTP_IF_MATCH": "W/\"a\""], etag: "W/\"a\"") == .failed)
        #expect(verdict(.put, ["HTTP_IF_MATCH": "*"]) == .proceed)
        #expect(verdict(.put, ["HTTP_IF_MATCH": "*"], etag: nil) == .failed)
    }

    @Test("If-None-Match: 304 for reading, 412 for writing, and it silences If-Modified-Since")
    func ifNoneMatch() {
        let later = HTTPDate.text(200)
        #expect(verdict(.get, ["HTTP_IF_NONE_MATCH": "W/\"a\""]) == .notModified)
        #expect(verdict(.post, ["HTTP_IF_NONE_MATCH": "*"]) == .failed)
        #expect(verdict(.post, ["HTTP_IF_NONE_MATCH": "*"], etag: nil) == .proceed)
        #expect(verdict(.get, ["HTTP_IF_NONE_MATCH": "\"b\"", "HTTP_IF_MODIFIED_SINCE": later]) == .proceed)
    }

    @Test("dates: modified since, unmodified since, and nonsense is ignored")
    func dates() {
        #expect(verdict(.get, ["HTTP_IF_MODIFIED_SINCE": HTTPDate.text(100)]) == .notModified)
        #expect(verdict(.get, ["HTTP_IF_MODIFIED_SINCE": HTTPDate.text(99)]) == .proceed)
        #expect(verdict(.post, ["HTTP_IF_MODIFIED_SINCE": HTTPDate.text(100)]) == .proceed)
        #expect(verdict(.put, ["HTTP_IF_UNMODIFIED_SINCE": HTTPDate.text(99)]) == .failed)
        #expect(verdict(.put, ["HTTP_IF_UNMODIFIED_SINCE": HTTPDate.text(100)]) == .proceed)
        #expect(verdict(.put, ["HTTP_IF_UNMODIFIED_SINCE": "yesterday"]) == .proceed)
    }

    @Test("Basic and Bearer are read; passwords may hold colons")
    func credentials() {
        #expect(Authorization("Basic am9objpjYXQ6ZG9n") == .basic(username: "john", password: "cat:dog"))
        #expect(Authorization("basic  w7w6") == .basic(username: "ü", password: ""))
        #expect(Authorization("Bearer abc.def") == .bearer(token: "abc.def"))
        #expect(Authorization("Digest a=b") == .other(scheme: "digest", credentials: "a=b"))
        #expect(Authorization(Authorization.basicHeader("ü", "p")) == .basic(username: "ü", password: "p"))
    }

    @Test(
        "what is malformed is no credential at all",
        arguments: ["", "Basic", "Basic ", "Basic a", "Basic ab=c", "Basic /w==", "Basic a b=", "Bearer"])
    func malformed(header: String) { #expect(Authorization(header) == nil) }

    @Test("a body's raw pieces come in order, whatever their size")
    func chunks() throws {
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
        var seen: [UInt8] = []
        try RequestBody.bytes(bytes).withChunks { piece in
            #expect(piece.count <= 65_536)
            seen += piece
        }
        #expect(seen == bytes)
    }
}
