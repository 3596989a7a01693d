import Glibc
import Roost
import Testing

/// One expectation computed by the real Python libraries.
struct Vector: Sendable {
    let id: String
    let category: String
    let operation: String
    let isValid: Bool
    let mayReject: Bool
    let input: SessionValue
    let expected: SessionValue

    init(_ value: SessionValue) throws {
        id = try need(value["id"]?.string)
        category = try need(value["category"]?.string)
        operation = try need(value["op"]?.string)
        isValid = try need(value["valid"]?.bool)
        mayReject = value["strict_may_reject"]?.bool ?? false
        input = try need(value["input"])
        expected = try need(value["expect"])
    }

    /// A text of the input that must be there.
    func text(_ key: String) throws -> String { try need(input[key]?.string, "\(id): input.\(key)") }

    var now: Int64 { get throws { Int64(try need(input["now"]?.int, "\(id): input.now")) } }

    var keys: [SecretKey] {
        get throws { try need(input["secret_keys"]?.array).map { SecretKey(try need($0.string)) } }
    }
}

/// The file of vectors: the one that ROOST_VECTORS names, else the one beside the checkout.
enum Vectors {
    /// Whether somebody named a file: it must be there then, and may hold other vectors than ours.
    static var isNamed: Bool { getenv("ROOST_VECTORS") != nil }

    /// Whether there is anything to compare with: the file is no part of the project.
    static var areHere: Bool { isNamed || access(path, R_OK) == 0 }

    static var path: String {
        if let name = getenv("ROOST_VECTORS") { return String(cString: name) }
        let parts = #filePath.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/") + "/../shared/interop/vectors.json"
    }

    /// All vectors, in the file's order.
    static func all() throws -> [Vector] { try loaded.get() }

    private static let loaded = Result { try load() }

    private static func load() throws -> [Vector] {
        guard let file = fopen(path, "r") else {
            throw MissingVectors(path: path)
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        let document = try TaggedJSON.decode(bytes, depth: 500)
        return try need(document["vectors"]?.array).map(Vector.init)
    }

    /// The vectors of one operation and category. Fails when our file does not have as many as it should.
    static func of(_ operation: String, in category: String, count: Int) throws -> [Vector] {
        let found = try all().filter { $0.operation == operation && $0.category == category }
        try #require(found.count == count || isNamed, "\(category), \(operation): \(found.count) vectors in \(path), not \(count)")
        return found
    }
}

struct MissingVectors: Error, CustomStringConvertible {
    let path: String
    var description: String {
        "there are no vectors at \(path): set ROOST_VECTORS to the path of vectors.json and run again"
    }
}

/// The value, or a failed test at the place that needs it. Unlike `#require` it can stand inside another.
func need<Value>(
    _ value: Value?, _ comment: String = "", sourceLocation: SourceLocation = #_sourceLocation
) throws -> Value {
    try #require(value, "\(comment)", sourceLocation: sourceLocation)
}

extension Trait where Self == ConditionTrait {
    static var comparesWithVectors: Self {
        .enabled(if: Vectors.areHere, "there is no \(Vectors.path): set ROOST_VECTORS to the path of vectors.json")
    }
}
