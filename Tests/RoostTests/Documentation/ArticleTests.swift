import Glibc
import Testing

@Suite("Articles")
struct ArticleTests {
    @Test("every Swift example stands in a file that is compiled and tested", arguments: [
        ("Forms", "FormsArticle"), ("Resources", "ResourcesArticle"),
    ])
    func examples(article: String, source: String) throws {
        let tests = "/" + #filePath.split(separator: "/").dropLast(1).joined(separator: "/")
        let text = try read("\(tests)/../../../Sources/Roost/Roost.docc/\(article).md")
        let code = lines(try read("\(tests)/\(source).swift"))
        let examples = text.split(separator: "```swift\n").dropFirst().compactMap { $0.split(separator: "```\n").first }
        #expect(examples.count >= 4)
        for example in examples {
            let wanted = lines(String(example))
            let isFound = code.indices.contains { code[$0...].starts(with: wanted) }
            #expect(isFound, "not in \(source).swift:\n\(example)")
        }
    }

    /// The lines that say something, without their indentation.
    private func lines(_ text: String) -> [Substring] {
        text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
    }

    private func read(_ path: String) throws -> String {
        let file = try #require(fopen(path, "r"), "cannot read \(path)")
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(byte)) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
