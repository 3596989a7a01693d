/// A migration that cannot go on: the place, when there is one, and the reason.
public struct MigrationError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it was.
    public enum Code: Sendable, Hashable {
        /// The file cannot be read or parsed.
        case file
        /// PostgreSQL refused a statement of the file.
        case statement
        /// An applied file has another content now.
        case changed
        /// A file with a lower number than applied ones appeared.
        case outOfOrder
        /// Two files have the same number.
        case duplicate
        /// A version that is asked for, or applied, has no file.
        case missing
        /// Another migrator kept the lock for too long.
        case locked
        /// The database cannot be migrated like this.
        case unsupported
    }

    public let code: Code
    public let message: String
    public var path: String?
    public var line: Int?
    public var column: Int?
    /// The line of the file that the error points at.
    public var sourceLine: String?
    public var sqlState: String?
    /// The server's detail, hint and whatever helps to go on.
    public var notes: [String] = []

    init(_ code: Code, _ message: String, path: String? = nil, line: Int? = nil, column: Int? = nil) {
        self.code = code
        self.message = message
        self.path = path
        self.line = line
        self.column = column
    }

    /// `migrations/0007_x.sql:12:9: error: relation "userz" does not exist`, then the line with a mark under the spot.
    public var description: String {
        var place = ""
        if let path {
            place = path + ":"
            if let line { place += "\(line):" }
            if let column { place += "\(column):" }
            place += " "
        }
        var text = place + "error: " + message
        if let sourceLine, let column {
            text += "\n    " + sourceLine + "\n    "
            // Tabs stay tabs, so that the mark stands under its character.
            for scalar in sourceLine.unicodeScalars.prefix(column - 1) { text += scalar == "\t" ? "\t" : " " }
            text += "^"
        }
        for note in notes { text += "\n    note: " + note }
        return text
    }
}
