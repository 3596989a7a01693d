/// A statement whose interpolated values are bound parameters, never text.
///
///     let name = "O'Hara"
///     let sql: SQL = "SELECT id FROM users WHERE name = \(name)"   // text: … WHERE name = $1
///
/// Values of type `SQL` nest, `\(identifier: column)` quotes a name, `\(secret: token)` binds a value that no log shows,
/// and an array binds as one parameter: `= ANY(\(ids))`. Text becomes SQL only through ``unsafe(_:)``.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// One bound value and where its placeholder starts in the text.
    struct Binding: Sendable {
        let value: SQLValue
        let isSecret: Bool
        let offset: Int
    }

    /// The statement with `$1`, `$2` … in place of the values.
    public private(set) var text: String
    private(set) var bindings: [Binding]
    /// Why the statement cannot be sent: an identifier that the server would not take as it is.
    private(set) var refusal: String?

    /// The bound values, in the order of their placeholders.
    public var values: [SQLValue] { bindings.map(\.value) }

    /// The bound values as text for a log. Secrets are replaced by `<secret>`.
    public var loggableValues: [String] {
        bindings.map { $0.isSecret ? "<secret>" : $0.value.description }
    }

    /// An empty statement, to append to.
    public init() {
        text = ""
        bindings = []
    }

    public init(stringLiteral value: String) {
        text = value
        bindings = []
    }

    public init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.sql
    }

    /// Takes text as SQL without any check. The caller answers for where the text came from.
    public static func unsafe(_ text: String) -> SQL {
        SQL(stringLiteral: text)
    }

    /// A quoted identifier: `my"table` becomes `"my""table"`.
    public static func identifier(_ name: String) -> SQL {
        var sql = SQL()
        sql.append(identifier: name)
        return sql
    }

    /// The statements joined by `separator`, with their parameters numbered anew.
    public static func joined(_ parts: some Sequence<SQL>, separator: SQL = ", ") -> SQL {
        var whole = SQL()
        for (index, part) in parts.enumerated() {
            if index > 0 { whole.append(separator) }
            whole.append(part)
        }
        return whole
    }

    public static func + (left: SQL, right: SQL) -> SQL {
        var whole = left
        whole.append(right)
        return whole
    }

    public static func += (left: inout SQL, right: SQL) {
        left.append(right)
    }

    /// Appends another statement; its placeholders continue this one's numbering.
    public mutating func append(_ other: SQL) {
        if let reason = other.refusal { refusal = reason }
        guard !other.bindings.isEmpty else {
            text += other.text
            return
        }
        let bytes = other.text.utf8
        var cursor = bytes.startIndex
        for (index, binding) in other.bindings.enumerated() {
            let start = bytes.index(bytes.startIndex, offsetBy: binding.offset)
            text += other.text[cursor..<start]
            bind(binding.value, secret: binding.isSecret)
            cursor = bytes.index(start, offsetBy: 1 + String(index + 1).utf8.count)
        }
        text += other.text[cursor...]
    }

    mutating func append(literal: String) {
        text += literal
    }

    mutating func append(identifier name: String) {
        if let reason = Self.refusal(ofIdentifier: name) { refusal = reason }
        text += "\""
        if name.utf8.contains(UInt8(ascii: "\"")) {
            for scalar in name.unicodeScalars {
                if scalar == "\"" { text.unicodeScalars.append(scalar) }
                text.unicodeScalars.append(scalar)
            }
        } else {
            text += name
        }
        text += "\""
    }

    /// Why a name cannot be an identifier. The server would cut a longer one off, which makes another name of it.
    static func refusal(ofIdentifier name: String) -> String? {
        if name.isEmpty { return "an identifier is empty" }
        if name.utf8.contains(0) { return "an identifier has a NUL character" }
        if name.utf8.count > 63 { return "an identifier is longer than 63 bytes" }
        return nil
    }

    mutating func bind(_ value: SQLValue, secret: Bool) {
        bindings.append(Binding(value: value, isSecret: secret, offset: text.utf8.count))
        text += "$"
        text += String(bindings.count)
    }

    mutating func reserve(text count: Int, bindings interpolations: Int) {
        text.reserveCapacity(count + 3 * interpolations)
        bindings.reserveCapacity(interpolations)
    }
}

extension SQL: CustomStringConvertible {
    /// The statement's text with placeholders; values are not shown.
    public var description: String { text }
}
