import Foundation
import Testing

/// A strict reader of speedscope's files: the rules of its published schema, what its importer asks for beyond them
/// (as many weights as samples, frames that exist), and no member that the schema does not know.
struct Speedscope {
    private(set) var samples = 0
    private(set) var weight = 0

    init(_ text: String) throws {
        let file = try Members(try JSONSerialization.jsonObject(with: Data(text.utf8)))
        try file.check(required: ["$schema", "profiles", "shared"], others: ["activeProfileIndex", "exporter", "name"])
        #expect(try file.text("$schema") == "https://www.speedscope.app/file-format-schema.json")
        _ = try (file.text("name"), file.text("exporter"))
        let shared = try Members(file.value("shared"))
        try shared.check(required: ["frames"], others: [])
        let frames = try shared.list("frames").map { try Members($0) }
        for frame in frames {
            try frame.check(required: ["name"], others: ["file", "line", "col"])
            _ = try (frame.text("name"), frame.text("file"))
        }
        let profiles = try file.list("profiles").map { try Members($0) }
        #expect(profiles.indices.contains(try file.integer("activeProfileIndex")))
        for profile in profiles { try read(profile, frames: frames.count) }
    }

    private static let units = ["bytes", "microseconds", "milliseconds", "nanoseconds", "none", "seconds"]

    private mutating func read(_ profile: Members, frames: Int) throws {
        let known = ["type", "name", "unit", "startValue", "endValue", "samples", "weights"]
        try profile.check(required: Set(known), others: [])
        #expect(try profile.text("type") == "sampled")
        #expect(Self.units.contains(try profile.text("unit")))
        _ = try profile.text("name")
        let stacks = try profile.list("samples").map { try #require($0 as? [Int]) }
        let weights = try profile.list("weights").map { try #require($0 as? Int) }
        #expect(stacks.count == weights.count)
        #expect(stacks.allSatisfy { stack in !stack.isEmpty && stack.allSatisfy { (0..<frames).contains($0) } })
        #expect(weights.allSatisfy { $0 > 0 })
        let (start, end) = (try profile.integer("startValue"), try profile.integer("endValue"))
        #expect(end - start == weights.reduce(0, +))
        samples += stacks.count
        weight += weights.reduce(0, +)
    }
}
