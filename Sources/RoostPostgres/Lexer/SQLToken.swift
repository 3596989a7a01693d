/// One piece of a statement's text, as PostgreSQL's scanner would cut it.
public struct SQLToken: Sendable, Hashable {
    /// What a piece is. Blanks and comments are pieces too, so that the tokens of a text add up to the text.
    public enum Kind: Sendable, Hashable {
        case blank
        /// `-- …` up to the end of the line, or `/* … */`, nested.
        case comment
        /// A keyword or a name without quotes.
        case word
        /// `"name"` or `U&"name"`: a name, never a string.
        case quotedName
        /// `'…'`, and with the prefixes E, B, X, N and U&; continued on further lines as SQL allows.
        case string
        /// `$$…$$` or `$tag$…$tag$`.
        case dollarString
        /// `1`, `1.5e3`, `.5`, `0xFF`, `1_000`.
        case number
        /// `$1`.
        case parameter
        /// `=`, `<>`, `->>`, `@>` and every other run of operator characters, also those an extension made.
        case `operator`
        /// One of `( ) [ ] , ; . :` or `::`, `..`, `:=`.
        case punctuation
        /// A byte that begins nothing in SQL, such as a backslash or a control byte.
        case other
    }

    public let kind: Kind
    /// The bytes of the text it covers.
    public let range: Range<Int>
    /// False for a string, name or comment that the text ends in the middle of.
    public let isTerminated: Bool
}
