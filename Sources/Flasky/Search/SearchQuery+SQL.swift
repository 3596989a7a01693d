internal import RoostPostgres

extension SearchQuery {
    /// The query as a `tsquery` of bound values.
    ///
    /// The last word is also looked for as a beginning, and that as it is typed: its stem would be the beginning of
    /// other words.
    /// - Parameter configuration: an SQL constant.
    func sql(_ configuration: SQL) -> SQL {
        combined({ "to_tsquery(\(configuration), \($0))" }, beginning: { "to_tsquery('simple', \($0))" })
    }

    /// The same for names, whose dots and underscores separate words.
    var sqlForNames: SQL {
        let names: (String) -> SQL = { "to_tsquery('simple', translate(\($0), '._', '  '))" }
        return combined(names, beginning: names)
    }

    /// The server would say something about each empty text, so that there is none.
    private func combined(_ words: (String) -> SQL, beginning: (String) -> SQL) -> SQL {
        let parts = parts
        if parts.beginning.isEmpty { return words(parts.whole) }
        if parts.head.isEmpty { return "(\(words(parts.whole)) || \(beginning(parts.beginning)))" }
        return "(\(words(parts.whole)) || (\(words(parts.head)) && \(beginning(parts.beginning))))"
    }

    /// The texts for `to_tsquery`: the whole, and for the last word as a beginning the rest of its alternative and
    /// the beginning itself; these are empty when it is none.
    var parts: (whole: String, head: String, beginning: String) {
        let whole = alternatives.map { Self.all($0) }.joined(separator: " | ")
        guard let group = alternatives.last, let last = group.last, last.isBeginning else { return (whole, "", "") }
        return (whole, Self.all(group.dropLast()), Self.quoted(last.text) + ":*")
    }

    /// A single word, and what `to_tsquery` takes to look for it alone.
    struct WordQuery: Equatable {
        /// In small letters.
        let word: String
        let exact: String
        /// Empty, but for the last word.
        let beginning: String
    }

    /// The single words to be found, each once, as they are looked for.
    var wordQueries: [WordQuery] {
        var seen: Set<String> = []
        let last = alternatives.last?.last
        return alternatives.flatMap(\.self).filter { !$0.isExcluded && !$0.isPhrase }.compactMap { term in
            guard seen.insert(term.text.lowercased()).inserted else { return nil }
            let isBeginning = term.isBeginning && term == last
            return WordQuery(
                word: term.text.lowercased(), exact: Self.quoted(term.text),
                beginning: isBeginning ? Self.quoted(term.text) + ":*" : "")
        }
    }

    private static func all(_ terms: some Sequence<Term>) -> String {
        terms.map { ($0.isExcluded ? "!" : "") + quoted($0.text) }.joined(separator: " & ")
    }

    /// In quotation marks `to_tsquery` takes any text: several words are a phrase, and what is no word disappears.
    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "''") + "'"
    }
}

extension SearchQuery.Term {
    /// One letter begins nearly everything.
    fileprivate var isBeginning: Bool { !isPhrase && !isExcluded && text.utf8.count > 1 }
}
