import RoostHTTP
import Testing

@Suite("JSON")
struct JSONTests {
    struct Post: Encodable {
        let id: Int
        let author: String?
        let tags: [String]
        let rate: Double
        let inner: [String: Int]
    }

    private func text(_ value: some Encodable) throws -> String {
        var writer = JSONWriter()
        try writer.encode(value)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test("a Codable value keeps the order of its declaration")
    func encodable() throws {
        let post = Post(id: 1, author: "a\"b", tags: ["x", "y"], rate: 1.5, inner: ["k": 2])
        #expect(try text([post]) == #"[{"id":1,"author":"a\"b","tags":["x","y"],"rate":1.5,"inner":{"k":2}}]"#)
        #expect(try text([Int?.none, 3]) == "[null,3]")
        #expect(try text([String: Int]()) == "{}")
        #expect(try text(UInt64.max) == "18446744073709551615")
        #expect(try text(Double.nan) == "null")
    }

    @Test(
        "strings are escaped wherever the special byte lies",
        arguments: [
            ("plain text without anything", #""plain text without anything""#), ("a\"b\\c", #""a\"b\\c""#),
            ("1234567\n", #""1234567\n""#), ("12345678\u{1}", #""12345678\u0001""#), ("\u{1F}é€😀", "\"\\u001fé€😀\""),
            ("", "\"\""),
            ("\t\r", #""\t\r""#),
        ])
    func strings(text: String, json: String) throws {
        #expect(try self.text(text) == json)
        #expect(try JSONValue(parsing: Array(json.utf8)) == .string(text))
    }

    @Test(
        "what is not JSON is refused",
        arguments: [
            "", "{", "[1,]", "{\"a\":1,}", "01", "1.", "-", "tru", "\"a", "\"\n\"", #""\x""#, #""\ud800""#, "1 2",
            "[1 2]",
            "{a:1}", "1e999", #""\u12""#, "nul", "{\"a\" 1}",
        ])
    func malformed(text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
    }

    @Test("values are read; numbers beyond Int become doubles; the last of equal keys wins")
    func values() throws {
        let value = try JSONValue(
            parsing: Array(#" {"a":[1,-2.5e1,true,null,"\ud83d\ude00"],"b":9223372036854775808,"a2":{},"b":1} "#.utf8))
        #expect(value["a"]?.array == [1, .double(-25), true, nil, "😀"])
        #expect(value["b"] == 1)
        #expect(value.object?.keys == ["a", "b", "a2"])
        #expect(try JSONValue(parsing: Array("9223372036854775808".utf8)) == .double(9.223372036854775808e18))
    }

    @Test("invalid UTF-8 and too deep nesting are refused with their place")
    func limits() {
        #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
        let deep = Array(repeating: UInt8(ascii: "["), count: 100_000)
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: deep) }
        #expect(error?.description == "more than 64 levels at byte 64")
    }

    @Test("a hostile object of many keys is read in reasonable time")
    func manyKeys() throws {
        let text = "{" + (0..<50_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + "}"
        #expect(try JSONValue(parsing: Array(text.utf8))["k49999"] == 49999)
    }

    @Test("written by hand, commas are put by the writer")
    func writer() {
        var json = JSONWriter()
        json.beginObject()
        json.key("posts")
        json.beginArray()
        for id in 1...2 {
            json.beginObject()
            json.key("id")
            json.value(id)
            json.key("body")
            json.value("b")
            json.endObject()
        }
        json.endArray()
        json.key("min")
        json.value(Int.min)
        json.endObject()
        let expected = #"{"posts":[{"id":1,"body":"b"},{"id":2,"body":"b"}],"min":-9223372036854775808}"#
        #expect(String(decoding: json.bytes, as: UTF8.self) == expected)
    }
}
