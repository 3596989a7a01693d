import CLibPQ

extension QueryError {
    /// An error the server reported in `result`.
    init(_ result: OpaquePointer, sql: SQL, site: CallSite) {
        func field(_ code: Int32) -> String? {
            PQresultErrorField(result, code).map { String(cString: $0) }
        }
        // The PG_DIAG_ macros of postgres_ext.h are character constants that Swift does not import.
        func field(_ code: Unicode.Scalar) -> String? { field(Int32(code.value)) }
        let whole = PQresultErrorMessage(result).map { String(cString: $0) } ?? ""
        self.init(
            code: .server, message: field("M") ?? whole.trimmed, statement: sql.text, site: site)
        sqlState = field("C")
        detail = field("D")
        hint = field("H")
        schema = field("s")
        table = field("t")
        column = field("c")
        constraint = field("n")
        position = field("P").flatMap { Int($0) }
        parameters = sql.loggableValues
        // The message is translated, the name of the function that raised it is not. 26000: the statement is gone,
        // after DISCARD ALL for instance.
        isStalePlan = sqlState == "26000" || (sqlState == "0A000" && field("R") == "RevalidateCachedQuery")
    }

    /// A column that did not become the wanted type.
    static func decoding<Value: ColumnDecodable>(
        _ reason: CellError, column: Int, of result: QueryResult, expected: Value.Type
    ) -> QueryError {
        decoding(
            reason, column: column, of: result.layout, expected: "\(expected)", needs: Value.columnTypes,
            statement: result.statement, site: result.site)
    }

    static func decoding(
        _ reason: CellError, column: Int, of layout: ColumnLayout, expected: String, needs: String, statement: String,
        site: CallSite
    ) -> QueryError {
        let name = layout.names[column]
        let found = TypeID.name(of: layout.types[column])
        let text =
            switch reason {
            case .null: "is NULL; \(expected) is not optional (found \(found))"
            case .type: "is \(found); \(expected) needs \(needs)"
            case .value(let why): "(\(found)) does not become \(expected): \(why)"
            }
        var error = QueryError(
            code: .decoding, message: "column \"\(name)\" \(text)", statement: statement, site: site)
        error.column = name
        error.tableID = layout.tables[column]
        return error
    }

    static func missingColumn(_ name: String, in result: QueryResult, expected: String) -> QueryError {
        let present = result.layout.names.joined(separator: ", ")
        var error = QueryError(
            code: .decoding, message: "the result has no column \"\(name)\" for \(expected); it has: \(present)",
            statement: result.statement, site: result.site)
        error.column = name
        return error
    }
}

extension String {
    /// libpq's advice ("Is the server running…?") stands on lines of its own, indented; logs and terminals want one.
    var onOneLine: String {
        let lines = utf8.split { $0 == 10 || $0 == 9 }.map { String(decoding: $0, as: UTF8.self).trimmed }
        return lines.filter { !$0.isEmpty }.joined(separator: "; ")
    }

    /// Without the line breaks that libpq ends its messages with.
    var trimmed: String {
        var bytes = Substring(self)
        while let last = bytes.unicodeScalars.last, last == "\n" || last == " " { bytes.unicodeScalars.removeLast() }
        return String(bytes)
    }
}
