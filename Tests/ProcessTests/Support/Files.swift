import Foundation

/// Files the programs write.
enum Files {
    /// The text of a file, empty when there is none.
    static func text(_ path: String) -> String {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// The complete lines of a log, each a JSON object. A line that is none is an error: logs must stay readable.
    static func lines(_ path: String) throws -> [LogLine] {
        let text = text(path)
        guard let end = text.lastIndex(of: "\n") else { return [] }
        return try text[..<end].split(separator: "\n").map { try LogLine(String($0)) }
    }
}

/// One line of a log.
struct LogLine: CustomStringConvertible {
    let description: String
    private let fields: [String: Any]

    init(_ text: String) throws {
        description = text
        guard let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else {
            throw Failure("not a JSON object: \(text)")
        }
        fields = object
    }

    private init(_ fields: [String: Any]) {
        self.fields = fields
        description = "\(fields)"
    }

    func text(_ key: String) -> String? { fields[key] as? String }
    func number(_ key: String) -> Double? { (fields[key] as? NSNumber)?.doubleValue }
    func int(_ key: String) -> Int? { (fields[key] as? NSNumber)?.intValue }
    func flag(_ key: String) -> Bool? { (fields[key] as? NSNumber)?.boolValue }
    func texts(_ key: String) -> [String] { fields[key] as? [String] ?? [] }
    func object(_ key: String) -> LogLine? { (fields[key] as? [String: Any]).map(LogLine.init) }
    func objects(_ key: String) -> [LogLine] { (fields[key] as? [[String: Any]] ?? []).map(LogLine.init) }
    func has(_ key: String) -> Bool { fields[key] != nil }
}
