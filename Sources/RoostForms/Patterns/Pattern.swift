/// A regular expression that is compiled once and matches in time proportional to the text, whatever the text is.
///
/// The syntax is Python's without what needs backtracking: literals, `.`, classes, `\d \w \s` and their opposites, `^`,
/// `$`, `\A`, `\Z`, `\b`, groups, `|`, and the counts `* + ? {m,n}`. There are no look-arounds and no back references:
/// they are what makes a crafted text hang a server.
///
/// ```swift
/// static let username = try! Pattern("^[A-Za-z][A-Za-z0-9_.]*$")
/// ```
///
/// The matching is Pike's simulation: all alternatives are followed at once, one code point after the other.
public struct Pattern: Sendable {
    /// Where a match may lie.
    public enum Anchor: Sendable {
        /// At the beginning: Python's `re.match`.
        case start
        /// Anywhere: `re.search`.
        case anywhere
        /// The entire text: `re.fullmatch`.
        case whole
    }

    /// The pattern as written.
    public let text: String
    let program: [Step]

    /// Compiles a pattern.
    /// - Throws: `PatternSyntaxError` with the position of what is not understood.
    public init(_ text: String, ignoringCase: Bool = false) throws(PatternSyntaxError) {
        self.text = text
        var parser = PatternParser(text, ignoringCase: ignoringCase)
        program = try PatternCompiler.compile(parser.parse())
    }

    /// Whether a text matches.
    public func matches(_ text: String, _ anchor: Anchor = .start) -> Bool {
        PatternRun(program: program, scalars: Array(text.unicodeScalars)).matches(anchor)
    }
}

/// Why a pattern is refused, and where.
public struct PatternSyntaxError: Error, Hashable, CustomStringConvertible {
    public let problem: String
    /// The number of code points before the mistake.
    public let position: Int
    public var description: String { "\(problem) at position \(position)" }
}

/// What stands at one place of a text.
enum Assertion: Sendable { case start, end, endOrLineFeed, boundary, notBoundary }

/// A set of code points.
struct ScalarSet: Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    var classes: [UInt8] = []
    var isNegated = false
    var ignoresCase = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        var found = has(scalar)
        if !found, ignoresCase {
            found = Self.foldings(of: scalar).contains(where: has)
        }
        return found != isNegated
    }

    private func has(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar.value) } || classes.contains { Self.isIn($0, scalar) }
    }

    private static func foldings(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        let (lower, upper) = (scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping)
        return [lower, upper].compactMap { $0.unicodeScalars.count == 1 ? $0.unicodeScalars.first : nil }
    }

    /// `\d`, `\w`, `\s` and their opposites, Unicode's as in Python.
    static func isIn(_ name: UInt8, _ scalar: Unicode.Scalar) -> Bool {
        switch name {
        case UInt8(ascii: "d"): isDigit(scalar)
        case UInt8(ascii: "D"): !isDigit(scalar)
        case UInt8(ascii: "s"): NumberText.isSpace(scalar)
        case UInt8(ascii: "S"): !NumberText.isSpace(scalar)
        case UInt8(ascii: "w"): isWord(scalar)
        default: !isWord(scalar)
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? (48...57).contains(scalar.value) : scalar.properties.generalCategory == .decimalNumber
    }

    static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            let value = scalar.value
            return (48...57).contains(value) || (65...90).contains(value) || (97...122).contains(value) || value == 95
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            return true
        default: return false
        }
    }
}
