internal import RoostPostgres

extension SearchQuery {
    /// The query as a `tsquery`, one bound value for each of its three parts: the whole, and for the last word as a
    /// beginning, the rest of its alternative and the beginning itself.
    ///
    /// A beginning is looked for as it is typed: its stem would be the beginning of other words.
    /// - Parameter configuration: an SQL constant.
    func sql(_ configuration: SQL) -> SQL {
        let parts = parts
        return """
            (to_tsquery(\(configuration), \(parts.whole))
            || (to_tsquery(\(configuration), \(parts.head)) && to_tsquery('simple', \(parts.beginning))))
            """
    }

    /// The same for names, whose dots and underscores separate words.
    var sqlForNames: SQL {
        func names(_ text: String) -> SQL { "to_tsquery('simple', translate(\(text), '._', '  '))" }
        let parts = parts
        return "(\(names(parts.whole)) || (\(names(parts.head)) && \(names(parts.beginning))))"
    }

    /// The texts for `to_tsquery`.
    var parts: (whole: String, head: String, beginning: String) {
        let whole = alternatives.map { Self.all($0) }.joined(separator: " | ")
        guard let group = alternatives.last, let last = group.last, last.isBeginning else { return (whole, "", "") }
        return (whole, Self.all(group.dropLast()), Self.quoted(last.text) + ":*")
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
