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
