import Foundation
import Testing

/// The members of a JSON object, for readers that take nothing else than they know.
struct Members {
    private let members: [String: Any]

    init(_ value: Any) throws { members = try #require(value as? [String: Any]) }

    var names: Set<String> { Set(members.keys) }

    /// Every required name is there, and nothing that is neither required nor one of the others.
    func check(required: Set<String>, others: Set<String>) throws {
        #expect(required.isSubset(of: names), "missing: \(required.subtracting(names))")
        #expect(names.isSubset(of: required.union(others)), "unknown: \(names.subtracting(required.union(others)))")
    }

    func value(_ name: String) throws -> Any { try #require(members[name], "\(name)") }
    func text(_ name: String) throws -> String { try #require(members[name] as? String, "\(name)") }
    func list(_ name: String) throws -> [Any] { try #require(members[name] as? [Any], "\(name)") }

    /// A number; JSON's true and false are none.
    func number(_ name: String) throws -> Double {
        let number = try #require(members[name] as? NSNumber, "\(name)")
        try #require(!(members[name] is Bool) || "\(number)" != "true", "\(name)")
        return number.doubleValue
    }

    func integer(_ name: String) throws -> Int {
        let number = try number(name)
        return try #require(Int(exactly: number), "\(name)")
    }
}
