import Glibc
import Testing

/// An article of the documentation, whose examples must stand in a test that compiles them.
struct DocumentedArticle {
    private let blocks: [[String]]
    private let path: String

    /// - Parameter path: from the top of the checkout
    init(_ path: String, here: String = #filePath) throws {
        self.path = path
        let top = here.split(separator: "/").dropLast(4).joined(separator: "/")
        var (blocks, block): ([[String]], [String]?) = ([], nil)
        for line in try Self.lines(of: "/\(top)/\(path)") {
            if line == "```swift" {
                block = []
            } else if line == "```", let done = block {
                blocks.append(done)
                block = nil
            } else if !line.isEmpty {
                block?.append(line)
            }
        }
        self.blocks = blocks
    }

    /// Expects each example, line by line and however indented, in a file of tests.
    func expectExamples(in file: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let lines = try Self.lines(of: file).filter { !$0.isEmpty }
        #expect(!blocks.isEmpty, "no examples in \(path)", sourceLocation: sourceLocation)
        for block in blocks {
            let isThere = lines.indices.contains { lines[$0...].starts(with: block) }
            #expect(isThere, "\(path): \(block.first ?? "") …", sourceLocation: sourceLocation)
        }
    }

    /// The lines without the spaces around them.
    private static func lines(of path: String) throws -> [String] {
        let file = try #require(fopen(path, "r"), "\(path)")
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(byte)) }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.trimmingPrefix { $0 == " " }.description }
    }
}
