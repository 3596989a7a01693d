/// A type that a query or form field can be read as.
public protocol ParameterValue {
    init?(parameter: String)
}

extension String: ParameterValue {
    public init?(parameter: String) { self = parameter }
}

extension Int: ParameterValue {
    public init?(parameter: String) { self.init(parameter) }
}

extension Double: ParameterValue {
    public init?(parameter: String) { self.init(parameter) }
}

extension Bool: ParameterValue {
    /// True for `1 true yes on y t`, false for their opposites, in any case.
    public init?(parameter: String) {
        switch parameter.lowercased() {
        case "1", "true", "yes", "on", "y", "t": self = true
        case "0", "false", "no", "off", "n", "f", "": self = false
        default: return nil
        }
    }
}

/// Fields of a query or form: ordered, several values per name.
///
/// ```swift
/// let page = request.query.get("page", default: 1)
/// ```
public struct Parameters: Sequence {
    public typealias Element = (name: String, value: String)

    private var list: [Element] = []

    public init(_ list: [Element] = []) { self.list = list }

    /// Reads `a=1&b=2`: percent-decoded, `+` is a space, invalid UTF-8 is replaced, at most `limit` fields.
    public init(urlEncoded bytes: some Collection<UInt8>, limit: Int = .max) {
        for field in bytes.split(separator: ASCII.ampersand) {
            guard list.count < limit else { break }
            let split = field.firstIndex(of: ASCII.equals)
            let name = Self.text(field[..<(split ?? field.endIndex)])
            let value = split.map { Self.text(field[field.index(after: $0)...]) } ?? ""
            list.append((name, value))
        }
    }

    public var count: Int { list.count }
    public var isEmpty: Bool { list.isEmpty }
    public func makeIterator() -> IndexingIterator<[Element]> { list.makeIterator() }

    /// The first value of a name.
    public subscript(name: String) -> String? { list.first { $0.name == name }?.value }

    /// Every value of a name, in order.
    public func all(_ name: String) -> [String] { list.filter { $0.name == name }.map(\.value) }

    /// The fields of one and then those of another.
    public static func + (one: Parameters, other: Parameters) -> Parameters { Parameters(one.list + other.list) }

    public func contains(_ name: String) -> Bool { list.contains { $0.name == name } }

    /// The first value read as the default's type; the default when it is missing or does not read.
    public func get<Value: ParameterValue>(_ name: String, default value: Value) -> Value {
        self[name].flatMap(Value.init(parameter:)) ?? value
    }

    /// The first value read as a type; nil when it is missing or does not read.
    public func get<Value: ParameterValue>(_ name: String, as type: Value.Type = Value.self) -> Value? {
        self[name].flatMap(Value.init(parameter:))
    }

    private static func text(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: PercentCoding.decode(bytes, plusIsSpace: true), as: UTF8.self)
    }
}
