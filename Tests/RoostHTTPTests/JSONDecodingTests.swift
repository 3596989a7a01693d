import RoostHTTP
import Testing

@Suite("JSON into types")
struct JSONDecodingTests {
    struct Draft: Decodable, Equatable {
        struct Tag: Decodable, Equatable { let name: String, weight: Double? }
        enum Kind: String, Decodable { case post, page }
        let title: String
        let size: UInt8
        let kind: Kind
        let tags: [Tag]
        let extra: [String: Int]?
    }

    private func decode(_ text: String) throws -> Draft { try Draft(json: Array(text.utf8)) }

    @Test("members are read, unknown ones ignored, missing optional ones nil")
    func reads() throws {
        let draft = try decode(
            #"{"title":"ü","size":3.0,"kind":"page","tags":[{"name":"a","weight":1},{"name":"b","weight":null}],"more":[]}"#
        )
        #expect(draft.title == "ü" && draft.size == 3 && draft.kind == .page && draft.extra == nil)
        #expect(draft.tags == [.init(name: "a", weight: 1), .init(name: "b", weight: nil)])
        #expect(try [Int?](json: Array("[1,null]".utf8)) == [1, nil])
        #expect(try [String: [Bool]](json: Array(#"{"a":[true]}"#.utf8)) == ["a": [true]])
    }

    @Test(
        "what does not fit is named by its path",
        arguments: [
            (
                #"{"title":"a","size":1,"kind":"post","tags":[{"name":"a"},{"name":7}]}"#,
                "tags[1].name: text is expected, not a number"
            ),
            (#"{"title":"a","size":1,"kind":"post","tags":{}}"#, "tags: a list is expected, not an object"),
            (#"{"title":"a","size":300,"kind":"post","tags":[]}"#, "size: a whole number from 0 to 255 is expected"),
            (#"{"title":null,"size":1,"kind":"post","tags":[]}"#, "title: text is expected, not null"),
            (#"{"size":1}"#, "the member \"title\" is missing"),
            (#"{"title":"a","size":1,"kind":"post","tags":[{}]}"#, "tags[0]: the member \"name\" is missing"),
            ("[]", "an object is expected, not a list"),
        ])
    func mismatch(text: String, complaint: String) {
        let error = #expect(throws: JSONMismatch.self) { try decode(text) }
        #expect(error?.description == complaint)
    }

    @Test("a request's body: 415 for another type, 400 with the path")
    func request() throws {
        let sent = HTTPRequest(
            variables: ["CONTENT_TYPE": "application/json; charset=utf-8"], body: .bytes(Array(#"{"size":"x"}"#.utf8)))
        struct Size: Decodable { let size: Int }
        let error = #expect(throws: HTTPError.self) { try sent.json(as: Size.self) }
        #expect(error?.status == 400)
        #expect(error?.reason == "The JSON does not fit: size: a whole number is expected, not text.")
        let other = HTTPRequest(variables: ["CONTENT_TYPE": "text/json"], body: .bytes(Array("1".utf8)))
        #expect(#expect(throws: HTTPError.self) { try other.json(as: Int.self) }?.status == 415)
    }
}
