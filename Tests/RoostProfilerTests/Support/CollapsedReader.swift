import Foundation
import Testing

/// A strict reader of collapsed stacks.
struct Collapsed {
    private(set) var samples = 0

    init(_ text: String) throws {
        #expect(text.hasSuffix("\n"))
        for line in text.dropLast().components(separatedBy: "\n") {
            let match = try #require(line.wholeMatch(of: /([^;]+(?:;[^;]+)*) ([1-9][0-9]*)/), "\(line)")
            samples += try #require(Int(match.2))
        }
    }
}
