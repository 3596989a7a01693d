/// Cuts one row of a COPY in binary format into its columns.
///
/// The stream is a header (signature, flags, extension), then for each row a count and for each column a length and
/// bytes, then a count of -1; libpq hands over one row at a time, the header with the first.
final class CopyFields {
    private let layout: ColumnLayout
    private let sql: SQL
    private let site: CallSite
    private var sawHeader = false
    private var cells: [Cell] = []

    private static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0]

    init(_ layout: ColumnLayout, _ sql: SQL, _ site: CallSite) {
        (self.layout, self.sql, self.site) = (layout, sql, site)
    }

    /// Cuts a piece; false for the end mark.
    func split(_ piece: UnsafeRawBufferPointer) throws(QueryError) -> Bool {
        var bytes = piece
        if !sawHeader {
            sawHeader = true
            guard bytes.count >= 19, bytes.prefix(11).elementsEqual(Self.signature) else { throw malformed() }
            let extra = Int(Self.integer(bytes, at: 15) as UInt32)
            guard bytes.count >= 19 + extra else { throw malformed() }
            bytes = UnsafeRawBufferPointer(rebasing: bytes[(19 + extra)...])
        }
        guard bytes.count >= 2 else { throw malformed() }
        let count = Int(Self.integer(bytes, at: 0) as Int16)
        if count == -1 { return false }
        guard count == layout.types.count else { throw malformed() }
        cells.removeAll(keepingCapacity: true)
        var offset = 2
        for column in 0..<count {
            guard offset + 4 <= bytes.count else { throw malformed() }
            let length = Int(Self.integer(bytes, at: offset) as Int32)
            offset += 4
            guard offset + max(length, 0) <= bytes.count else { throw malformed() }
            let field = length < 0 ? nil : UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length])
            cells.append(Cell(bytes: field, type: layout.types[column], isBinary: true))
            offset += max(length, 0)
        }
        return true
    }

    func decode<Value: ColumnDecodable>(_ column: Int, as type: Value.Type) throws(QueryError) -> Value {
        guard cells.indices.contains(column) else {
            throw QueryError(
                code: .decoding, message: "the result has \(cells.count) columns; \(type) wants number \(column + 1)",
                statement: sql.text, site: site)
        }
        do throws(CellError) {
            return try Value.decode(cells[column])
        } catch {
            throw QueryError.decoding(
                error, column: column, of: layout, expected: "\(type)", needs: Value.columnTypes, statement: sql.text,
                site: site)
        }
    }

    private static func integer<Number: FixedWidthInteger>(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Number {
        Number(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
    }

    private func malformed() -> QueryError {
        QueryError(
            code: .decoding, message: "the server's COPY data is not in the binary format", statement: sql.text,
            site: site)
    }
}
