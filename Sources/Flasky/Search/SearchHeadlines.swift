internal import RoostMarkup
internal import RoostPostgres

/// The lines of texts in which a search's words stand, with the words marked.
///
/// PostgreSQL puts control characters around the words: no text that is sent to it has any. Then everything is
/// escaped, and only then do the control characters become tags.
struct SearchHeadlines {
    let query: SearchQuery
    /// Nil for names, which have none.
    let language: SearchLanguage?

    private static let start: Unicode.Scalar = "\u{2}"
    private static let stop: Unicode.Scalar = "\u{3}"
    /// Stands for `<`, behind which PostgreSQL would see a tag and leave it out.
    private static let less: Unicode.Scalar = "\u{E000}"

    /// One line for each text, in one statement.
    /// - Parameter texts: plain text of any kind.
    func lines(of texts: [String], in database: Connection) throws -> [SafeHTML] {
        guard !texts.isEmpty else { return [] }
        let words = language.map { query.sql($0.sql) } ?? query.sqlForNames
        let lines = try database.rows(
            """
            SELECT ts_headline(\(language?.sql ?? "'simple'"), text, \(words), \(Self.options))
            FROM unnest(\(texts.map(Self.cleaned))::text[]) WITH ORDINALITY AS texts(text, place) ORDER BY place
            """, as: String.self)
        return lines.map(Self.html)
    }

    private static let options = """
        StartSel="\(start)", StopSel="\(stop)", MaxFragments=2, MaxWords=30, MinWords=15, FragmentDelimiter=" … "
        """

    /// The text without the characters that mean something here.
    static func cleaned(_ text: String) -> String {
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar != less {
            if scalar == "<" {
                clean.append(less)
            } else {
                clean.append(scalar.properties.generalCategory == .control ? " " : scalar)
            }
        }
        return String(clean)
    }

    /// Escapes a line, and makes `<mark>` of what PostgreSQL has set. Every tag is closed, whatever came.
    static func html(_ line: String) -> SafeHTML {
        var html = SafeHTML(trusted: "")
        var run = String.UnicodeScalarView()
        var isOpen = false
        func flush() {
            html.append(escaping: String(run))
            run.removeAll()
        }
        for scalar in line.unicodeScalars {
            switch scalar {
            case start, stop:
                flush()
                if isOpen != (scalar == start) { html.append(isOpen ? "</mark>" : "<mark>") }
                isOpen = scalar == start
            case less: run.append("<")
            default: run.append(scalar)
            }
        }
        flush()
        if isOpen { html.append("</mark>") }
        return html
    }
}
