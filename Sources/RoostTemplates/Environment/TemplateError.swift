internal import RoostMarkup

/// An error in a template, found when it is compiled or rendered.
///
/// `description` is `FILE:LINE: error: message`, with the file and line of the innermost template.
public struct TemplateError: Error, CustomStringConvertible {
    /// What kind of thing went wrong.
    public enum Kind: Sendable {
        case syntax
        case runtime
        case undefined
        case templateNotFound
    }

    /// The sentence.
    public var message: String

    /// The name of the template, empty until known.
    public var template: String

    /// The line in the template, 0 until known.
    public var line: Int

    /// The kind of error.
    public var kind: Kind

    /// Names for the asked one that differ by a slip of the finger, best first.
    public var suggestions: [String]

    /// Makes an error; the engine adds the place.
    public init(
        _ message: String, template: String = "", line: Int = 0, kind: Kind = .runtime, suggestions: [String] = []
    ) {
        self.message = message
        self.template = template
        self.line = line
        self.kind = kind
        self.suggestions = suggestions
    }

    public var description: String { "\(template):\(line): error: \(message)" }

    /// An error about a name that does not exist, with the nearest name that does.
    static func unknown(_ what: String, _ name: String, among names: some Sequence<String>) -> TemplateError {
        missing("No \(what) named '\(name)'.", name, among: names, kind: .syntax)
    }

    static func missing(
        _ sentence: String, _ name: String, among names: some Sequence<String>, kind: Kind
    ) -> TemplateError {
        let near = NearestName.of(name, among: names.sorted())
        let hint = near.map { " Did you mean '\($0)'?" } ?? ""
        return TemplateError(sentence + hint, kind: kind, suggestions: near.map { [$0] } ?? [])
    }
}
