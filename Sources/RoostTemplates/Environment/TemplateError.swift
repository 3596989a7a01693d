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

    /// An error about a name that does not exist, with the nearest names that do.
    static func unknown(_ what: String, _ name: String, among names: some Sequence<String>) -> TemplateError {
        let near = nearestNames(to: name, among: names)
        let hint = near.isEmpty ? "" : " Did you mean '\(near[0])'?"
        return TemplateError("No \(what) named '\(name)'.\(hint)", kind: .syntax, suggestions: near)
    }
}

/// The names within two edits of `name` (one for short names), nearest first.
func nearestNames(to name: String, among names: some Sequence<String>) -> [String] {
    let limit = name.utf8.count < 4 ? 1 : max(2, name.utf8.count / 4)
    return names.map { ($0, editDistance(Array(name.utf8), Array($0.utf8))) }
        .filter { $0.1 <= limit }
        .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
        .prefix(3).map(\.0)
}

/// Levenshtein's distance, with two swapped neighbours counted as one edit.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var before: [Int] = []
    var previous = Array(0...right.count)
    for row in 1..<left.count + 1 {
        var current = [row]
        for column in 1..<right.count + 1 {
            let same = left[row - 1] == right[column - 1]
            var best = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (same ? 0 : 1))
            if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                best = min(best, before[column - 2] + 1)
            }
            current.append(best)
        }
        (before, previous) = (previous, current)
    }
    return previous[right.count]
}
