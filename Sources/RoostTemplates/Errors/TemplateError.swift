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

    /// The number of the character in the line, from 1, where the tag or expression begins that failed; 0 when unknown.
    public internal(set) var column = 0

    /// The kind of error.
    public var kind: Kind

    /// Names for the asked one that differ by a slip of the finger, best first.
    public var suggestions: [String]

    /// The way to the error: what included, extended, imported or called the place before, the innermost first.
    public internal(set) var chain: [TemplatePlace] = []

    /// The lines of the template around the error, where its source could be read.
    public internal(set) var excerpt: TemplateExcerpt?

    /// How the next place outwards leads here, until it is known.
    var relation: TemplatePlace.Relation?

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

    /// The description, the template's lines around the error and the way to it, for logs and terminals.
    public var report: String {
        ([description] + (excerpt.map { [$0.text(column: column)] } ?? []) + chain.map { "  " + $0.text }).joined(separator: "\n")
    }

    /// Remembers how the place that comes next leads to this one; nothing where the error has no place yet.
    func passing(_ relation: TemplatePlace.Relation) -> TemplateError {
        guard line > 0, self.relation == nil else { return self }
        var error = self
        error.relation = relation
        return error
    }

    /// Gives an error without a place this one, and notes it on the way of an error that has one.
    mutating func locate(template: String, line: Int) {
        if self.line == 0 { self.line = line }
        if self.template.isEmpty { self.template = template }
        guard let relation else { return }
        self.relation = nil
        // Endless recursion repeats itself; its first steps say enough.
        if chain.count < 12 { chain.append(TemplatePlace(relation: relation, template: template, line: line)) }
    }

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
