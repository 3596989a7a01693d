import CLibPQ

/// A statement's result as PostgreSQL writes it, for people: a shell, a report.
public struct TextResult: Sendable {
    public struct Column: Sendable, Equatable {
        public let name: String
        /// Numbers stand at the right.
        public let isNumber: Bool

        public init(name: String, isNumber: Bool) {
            self.name = name
            self.isNumber = isNumber
        }
    }

    /// Empty for a statement that has no rows to show, such as an INSERT without RETURNING.
    public let columns: [Column]
    /// The values by row and column, in PostgreSQL's text format; nil is NULL.
    public let rows: [[String?]]
    /// What the server says was done: `SELECT 3`, `INSERT 0 1`, `CREATE TABLE`.
    public let tag: String

    public init(columns: [Column], rows: [[String?]], tag: String) {
        self.columns = columns
        self.rows = rows
        self.tag = tag
    }
}

extension Connection {
    /// Runs text of one statement, or of several that are one transaction then, and gives what the last one gives.
    ///
    /// The caller answers for where the text came from. Never repeated.
    /// - Throws: ``QueryError``.
    public func textResult(
        unsafe text: String, file: String = #fileID, line: Int = #line, function: String = #function
    ) throws -> TextResult {
        try script(unsafe: text, CallSite(file: file, line: line, function: function)) { TextResult($0) }
    }
}

extension TextResult {
    init(_ result: ScriptResult) {
        let pointer = result.pointer
        let count = PQnfields(pointer)
        columns = (0..<count).map { column in
            Column(
                name: PQfname(pointer, column).map { String(cString: $0) } ?? "",
                isNumber: TypeID.isNumber(PQftype(pointer, column)))
        }
        rows = (0..<PQntuples(pointer)).map { row in (0..<count).map { Self.text(pointer, row, $0) } }
        tag = result.tag
    }

    private static func text(_ pointer: OpaquePointer, _ row: Int32, _ column: Int32) -> String? {
        guard PQgetisnull(pointer, row, column) == 0, let value = PQgetvalue(pointer, row, column) else { return nil }
        let bytes = UnsafeRawBufferPointer(start: value, count: Int(PQgetlength(pointer, row, column)))
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension TypeID {
    /// Whether people read values of the type as numbers.
    static func isNumber(_ type: UInt32) -> Bool {
        [int2, int4, int8, float4, float8, numeric, oid].contains(type)
    }
}
