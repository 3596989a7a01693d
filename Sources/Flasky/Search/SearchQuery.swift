/// What somebody typed into the search box.
///
/// Words must all be found. `"…"` is a phrase, `-word` must not be found, `a OR b` is either; `OR` binds loosest, as
/// in PostgreSQL's `websearch_to_tsquery`. The last word is also the beginning of a longer one. Anything may be typed:
/// what is no word is left out.
struct SearchQuery: Equatable {
    /// A word or a phrase.
    struct Term: Equatable {
        var text: String
        var isPhrase = false
        var isExcluded = false
    }

    /// What was typed, without control characters and what is too much.
    let text: String
    /// One of these must match; all terms of one must. None is empty, and each has a term to be found.
    private(set) var alternatives: [[Term]]

    /// Characters (Unicode scalars) that are looked at.
    static let longest = 256

    init(_ typed: String) {
        let scalars = typed.unicodeScalars.prefix(Self.longest)
            .map { $0.properties.generalCategory == .control ? " " : $0 }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        self.text = String(text).trimmingBlanks
        var reader = SearchTermReader(self.text)
        alternatives = reader.alternatives().filter { group in group.contains { !$0.isExcluded } }
    }

    /// Whether there is nothing to be found.
    var isEmpty: Bool { alternatives.isEmpty }

    /// The single words to be found, in small letters.
    var words: [String] {
        alternatives.flatMap(\.self).filter { !$0.isExcluded && !$0.isPhrase }.map { $0.text.lowercased() }
    }

    /// The same with other words in the place of some.
    /// - Parameter corrections: small letters to what stands there instead.
    /// - Returns: text to type; nil when nothing changes.
    func corrected(_ corrections: [String: String]) -> String? {
        var copy = self
        for (row, group) in alternatives.enumerated() {
            for (column, term) in group.enumerated() where !term.isPhrase && !term.isExcluded {
                if let better = corrections[term.text.lowercased()] { copy.alternatives[row][column].text = better }
            }
        }
        return copy.alternatives == alternatives ? nil : copy.typed
    }

    /// How one would type it.
    private var typed: String {
        alternatives.map { group in
            group.map { ($0.isExcluded ? "-" : "") + ($0.isPhrase ? "\"\($0.text)\"" : $0.text) }.joined(separator: " ")
        }.joined(separator: " OR ")
    }
}

/// Takes a typed text apart.
private struct SearchTermReader {
    private enum Piece {
        case or
        case term(SearchQuery.Term)
    }

    private var rest: Substring.UnicodeScalarView

    init(_ text: String) { rest = Substring(text).unicodeScalars }

    mutating func alternatives() -> [[SearchQuery.Term]] {
        var pieces: [Piece] = []
        while let piece = next() { pieces.append(piece) }
        var groups: [[SearchQuery.Term]] = [[]]
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .term(let term): groups[groups.count - 1].append(term)
            // Between two terms only; elsewhere it is a word that somebody begins to type.
            case .or where !(groups.last ?? []).isEmpty && index + 1 < pieces.count: groups.append([])
            case .or: groups[groups.count - 1].append(SearchQuery.Term(text: "or"))
            }
        }
        return groups.map { $0.filter { $0.text.unicodeScalars.contains(where: Self.isOfWords) } }
            .filter { !$0.isEmpty }
    }

    private mutating func next() -> Piece? {
        rest = rest.drop(while: Self.isBlank)
        guard let first = rest.first else { return nil }
        let dashes = rest.prefix { $0 == "-" }
        let isExcluded = first == "-"
        rest = rest.dropFirst(dashes.count)
        if rest.first == "\"" { return .term(SearchQuery.Term(text: phrase(), isPhrase: true, isExcluded: isExcluded)) }
        let word = rest.prefix { !Self.isBlank($0) && $0 != "\"" }
        rest = rest.dropFirst(word.count)
        let text = String(word)
        if !isExcluded, text.lowercased() == "or" { return .or }
        return .term(SearchQuery.Term(text: text, isExcluded: isExcluded))
    }

    /// What stands between quotation marks; without a second one, all the rest.
    private mutating func phrase() -> String {
        rest = rest.dropFirst()
        let inside = rest.prefix { $0 != "\"" }
        rest = rest.dropFirst(inside.count).dropFirst()
        return String(inside).trimmingBlanks
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

    /// Letters and digits; nothing else is ever in the index.
    private static func isOfWords(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
}

extension String {
    /// Without blanks at both ends.
    fileprivate var trimmingBlanks: String {
        let start = unicodeScalars.drop { $0.properties.isWhitespace }
        let blanks = start.reversed().prefix { $0.properties.isWhitespace }.count
        return String(start.dropLast(blanks))
    }
}
