/// Why a pattern cannot be used.
public struct PatternError: Error, Equatable, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}

/// A pattern as Flask writes it: `/user/<username>`, `/post/<int:id>`, `/file/<path:name>`.
///
/// Converters: `string(length, minlength, maxlength)` (also when none is named), `int(min, max, fixed_digits, signed)`,
/// `float(min, max, signed)`, `path`, `uuid`, `any(a,b)`, and the app's own.
public struct RoutePattern {
    /// A piece of a pattern: text, or a variable with its converter.
    enum Piece {
        case text([UInt8])
        case variable(String, PathConverter)
    }

    public let text: String
    let pieces: [Piece]
    /// The same with their text as addresses write it.
    private let encodedPieces: [Piece]

    /// Reads a pattern. Throws when it is malformed, names an unknown converter or repeats a variable.
    public init(_ text: String, converters: RouteConverters = RouteConverters()) throws(PatternError) {
        guard text.utf8.first == ASCII.slash else {
            throw PatternError("the pattern \(text.debugDescription) must start with a slash")
        }
        try self.init(unchecked: text, converters)
    }

    /// Reads the pattern of a host: `api.example.org`, `<tenant>.example.org`. Throws as above.
    public init(host: String, converters: RouteConverters = RouteConverters()) throws(PatternError) {
        guard !host.isEmpty, !host.utf8.contains(ASCII.slash) else {
            throw PatternError("the host \(host.debugDescription) is empty or holds a slash")
        }
        try self.init(unchecked: host, converters)
        if variables.contains(where: { $0.converter.spansSegments }) {
            throw PatternError("the host \(host.debugDescription) cannot hold a path")
        }
    }

    private init(unchecked text: String, _ converters: RouteConverters) throws(PatternError) {
        self.text = text
        pieces = try Self.parse(text, converters)
        encodedPieces = pieces.map(Self.encoded)
        var seen: Set<String> = []
        for name in variableNames where !seen.insert(name).inserted {
            throw PatternError("the pattern \(text.debugDescription) has two variables named \"\(name)\"")
        }
    }

    /// The pattern `/`.
    static var root: RoutePattern { RoutePattern(slash: ()) }

    private init(slash: ()) {
        text = "/"
        pieces = [.text([ASCII.slash])]
        encodedPieces = pieces
    }

    /// The names of the variables, in order.
    public var variableNames: [String] { variables.map(\.name) }

    /// What each variable makes, in order.
    public var variableKinds: [PathKind] { variables.map(\.converter.kind) }

    /// The text of the pattern outside its variables, cut at slashes; endpoints are named after it.
    public var staticWords: [String] {
        pieces.flatMap { piece -> [String] in
            guard case .text(let bytes) = piece else { return [] }
            return String(decoding: bytes, as: UTF8.self).split(separator: "/").map(String.init)
        }
    }

    /// Builds the path for values; whatever is not a variable of the pattern is left to the caller.
    ///
    /// Throws when a variable is missing or its value would not match again.
    public func path(_ value: (String) -> String?) throws(PatternError) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(64)
        try appendPath(to: &bytes) { name in value(name).map { .text($0) } }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the path for values, as `path` builds it; a page does this for everything it links to.
    ///
    /// Throws as `path` does; then `bytes` holds a part.
    /// - Parameter value: gives a variable's value, by its name.
    public func appendPath(to bytes: inout [UInt8], _ value: (String) -> PathValue?) throws(PatternError) {
        for piece in encodedPieces {
            switch piece {
            case .text(let text): bytes.append(contentsOf: text)
            case .variable(let name, let converter):
                guard let given = value(name) else { throw PatternError("the variable \"\(name)\" is missing") }
                guard converter.append(given, to: &bytes) else {
                    throw PatternError("the variable \"\(name)\" cannot be \(given.text.debugDescription)")
                }
            }
        }
    }

    private static func encoded(_ piece: Piece) -> Piece {
        guard case .text(let text) = piece else { return piece }
        var bytes: [UInt8] = []
        PercentCoding.append(String(decoding: text, as: UTF8.self), alsoAllowed: PercentCoding.inPath, to: &bytes)
        return .text(bytes)
    }

    var variables: [(name: String, converter: PathConverter)] {
        pieces.compactMap { piece in
            if case .variable(let name, let converter) = piece { (name, converter) } else { nil }
        }
    }

    var endsWithSlash: Bool {
        if case .text(let bytes) = pieces.last { bytes.last == ASCII.slash } else { false }
    }

    private static func parse(_ text: String, _ converters: RouteConverters) throws(PatternError) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.utf8.firstIndex(of: UInt8(ascii: "<")) {
            if open > rest.startIndex { pieces.append(.text(Array(rest[..<open].utf8))) }
            guard let close = rest[open...].utf8.firstIndex(of: UInt8(ascii: ">")) else {
                throw PatternError("the pattern \(text.debugDescription) has a < without its >")
            }
            pieces.append(try variable(rest[rest.index(after: open)..<close], in: text, converters))
            rest = rest[rest.index(after: close)...]
        }
        if rest.utf8.contains(UInt8(ascii: ">")) {
            throw PatternError("the pattern \(text.debugDescription) has a > without its <")
        }
        if !rest.isEmpty { pieces.append(.text(Array(rest.utf8))) }
        return pieces
    }

    /// Reads `name`, `converter:name` or `converter(arguments):name`.
    private static func variable(
        _ text: Substring, in pattern: String, _ converters: RouteConverters
    ) throws(PatternError) -> Piece {
        var (head, name): (Substring, Substring) = ("string", text)
        if let colon = text.utf8.lastIndex(of: ASCII.colon) {
            (head, name) = (text[..<colon], text[text.index(after: colon)...])
        }
        guard let first = name.utf8.first, !ASCII.isDigit(first),
            name.utf8.allSatisfy({ ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == ASCII.underscore })
        else { throw PatternError("the variable <\(text)> of \(pattern.debugDescription) has no proper name") }
        var arguments: Substring?
        if let open = head.utf8.firstIndex(of: UInt8(ascii: "(")), head.utf8.last == UInt8(ascii: ")") {
            arguments = head[head.index(after: open)...].dropLast()
            head = head[..<open]
        }
        return .variable(String(name), try converters.converter(String(head), ConverterArguments(arguments)))
    }
}
