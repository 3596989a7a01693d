/// Where in the application a statement was written.
public struct CallSite: Sendable, Hashable, CustomStringConvertible {
    public let file: String
    public let line: Int
    /// The function, as `#function` names it; empty when it is not known.
    public let function: String

    public init(file: String = #fileID, line: Int = #line, function: String = "") {
        self.file = file
        self.line = line
        self.function = function
    }

    public var description: String { "\(file):\(line)" }
}

/// A statement that failed: what, where in the statement, and where in the application.
///
/// `description` is safe to log: it hides values. `debugDescription` shows the statement, the server's detail and the
/// bound values, except secrets.
public struct QueryError: Error, Sendable {
    /// What kind of failure it was.
    public enum Code: Sendable, Hashable {
        /// The server refused the statement; see `sqlState`.
        case server
        /// No connection could be opened.
        case unavailable
        /// The connection broke, and the statement could not be repeated safely.
        case connectionLost
        /// A column is missing, NULL, or of another type.
        case decoding
        /// `one` found no row.
        case noRows
        /// `one` found more than one row.
        case tooManyRows
        /// The statement and its values do not fit, or a value cannot be sent.
        case invalidParameter
        /// COMMIT was answered by a rollback, because a statement of the transaction had failed.
        case rolledBack
    }

    public var code: Code
    /// PostgreSQL's five-character code, such as `23505` for a unique violation.
    public var sqlState: String?
    public var message: String
    public var detail: String?
    public var hint: String?
    public var schema: String?
    public var table: String?
    public var column: String?
    public var constraint: String?
    /// Character of the statement, from 1.
    public var position: Int?
    public var statement: String
    /// Bound values for logs; secrets are already hidden.
    public var parameters: [String] = []
    public var site: CallSite
    /// The statement never reached the server, so that repeating it is safe.
    var wasNotSent = false
    /// The prepared statement's plan is no longer valid.
    var isStalePlan = false
    /// The table that a decoding error happened in; its name is looked up by the connection.
    var tableID: UInt32 = 0

    init(code: Code, message: String, statement: String, site: CallSite) {
        self.code = code
        self.message = message
        self.statement = statement
        self.site = site
    }

    /// Line and column of `position` in the statement, from 1, in characters.
    public var statementLocation: (line: Int, column: Int)? {
        guard let position else { return nil }
        var (line, column) = (1, 1)
        for scalar in statement.unicodeScalars.prefix(position - 1) {
            (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
        }
        return (line, column)
    }

    public var isUniqueViolation: Bool { sqlState == "23505" }
    public var isForeignKeyViolation: Bool { sqlState == "23503" }
    /// Serialization failure or deadlock: the transaction may be run again.
    public var isRetryable: Bool { sqlState == "40001" || sqlState == "40P01" }
    /// Cancelled by `cancel()` or `statement_timeout`.
    public var isCancelled: Bool { sqlState == "57014" }
}

extension QueryError: CustomStringConvertible, CustomDebugStringConvertible {
    /// One line without values: code, message, names, place in the statement, call site.
    public var description: String {
        var text = sqlState.map { "PostgreSQL error \($0): " } ?? "PostgreSQL: "
        text += safeMessage
        var names: [String] = []
        if let table { names.append("table \(table)") }
        if let column { names.append("column \(column)") }
        if let constraint { names.append("constraint \(constraint)") }
        if !names.isEmpty { text += " (" + names.joined(separator: ", ") + ")" }
        if let (line, column) = statementLocation { text += " at line \(line), column \(column) of the statement" }
        return text + " [\(site)]"
    }

    public var debugDescription: String {
        var text = description
        if safeMessage != message { text += "\n  message: \(message)" }
        if let detail { text += "\n  detail: \(detail)" }
        if let hint { text += "\n  hint: \(hint)" }
        if !site.function.isEmpty { text += "\n  in: \(site.function)" }
        text += "\n  statement: \(statement)"
        for (index, value) in parameters.enumerated() { text += "\n  $\(index + 1) = \(value)" }
        return text
    }

    /// Data exceptions quote the offending value after a colon: `invalid input syntax for type integer: "secret"`.
    private var safeMessage: String {
        guard let sqlState, sqlState.hasPrefix("22") else { return message }
        let bytes = message.utf8
        guard let quote = bytes.firstIndex(of: UInt8(ascii: "\"")) else { return message }
        return String(decoding: bytes[..<quote], as: UTF8.self) + "…"
    }
}
