import CLibPQ

/// Takes the rows of a running COPY into a table.
///
/// Rows are sent in COPY's text format, which the server reads with the columns' own types; see "File Formats" in the
/// manual's page on COPY.
public final class CopyWriter {
    private let connection: Connection
    private let handle: OpaquePointer
    private let sql: SQL
    private let site: CallSite
    private var buffer: [UInt8] = []
    private(set) var rows = 0
    /// The COPY has ended; a writer that was kept writes no more.
    var isOver = false
    /// Bytes gathered before they are handed to libpq.
    private static let chunk = 64 * 1024

    init(_ connection: Connection, _ handle: OpaquePointer, _ sql: SQL, _ site: CallSite) {
        (self.connection, self.handle, self.sql, self.site) = (connection, handle, sql, site)
    }

    /// Adds a row, its values in the order of the columns.
    ///
    /// - Throws: ``QueryError`` when a value cannot be sent, or the server has refused an earlier row.
    public func row<each Value: SQLBindable>(_ value: repeat each Value) throws {
        let start = buffer.count
        var isFirst = true
        for value in repeat each value {
            if !isFirst { buffer.append(UInt8(ascii: "\t")) }
            isFirst = false
            try append(value.sqlValue, rowStart: start)
        }
        try endRow()
    }

    /// Adds a row whose number of values is known only when the program runs.
    public func row(values: [SQLValue]) throws {
        let start = buffer.count
        for (index, value) in values.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: "\t")) }
            try append(value, rowStart: start)
        }
        try endRow()
    }

    /// Adds bytes in the format that the COPY statement names, cut anywhere.
    public func write(_ bytes: some Sequence<UInt8>) throws {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.chunk { try flush() }
    }

    private func endRow() throws(QueryError) {
        buffer.append(UInt8(ascii: "\n"))
        rows += 1
        if buffer.count >= Self.chunk { try flush() }
    }

    func flush() throws(QueryError) {
        guard !buffer.isEmpty else { return }
        guard !isOver else {
            throw QueryError(
                code: .invalidParameter, message: "the COPY of this writer has ended", statement: sql.text, site: site)
        }
        let sent = buffer.withUnsafeBytes {
            PQputCopyData(handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count))
        }
        buffer.removeAll(keepingCapacity: true)
        guard sent == 1 else { throw refused() }
    }

    /// The server has ended the COPY; its reason comes with the result that the caller reads.
    private func refused() -> QueryError {
        let reason = PQerrorMessage(handle).map { String(cString: $0).onOneLine } ?? ""
        return QueryError(
            code: .connectionLost, message: "the server takes no more rows: \(reason)", statement: sql.text, site: site)
    }

    private func append(_ value: SQLValue, rowStart: Int) throws(QueryError) {
        if value == .null {
            buffer.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "N")])
            return
        }
        var reason = value.refusal
        for byte in value.textForm {
            switch byte {
            case 0: reason = "text with a NUL character cannot be stored"
            case UInt8(ascii: "\\"): buffer.append(contentsOf: [byte, byte])
            case UInt8(ascii: "\n"): buffer.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
            case UInt8(ascii: "\r"): buffer.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
            case UInt8(ascii: "\t"): buffer.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
            default: buffer.append(byte)
            }
        }
        guard let reason else { return }
        buffer.removeSubrange(rowStart...)
        throw QueryError(
            code: .invalidParameter, message: "row \(rows + 1): \(reason)", statement: sql.text, site: site)
    }
}
