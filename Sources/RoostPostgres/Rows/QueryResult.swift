import CLibPQ

/// The columns of a statement's result.
final class ColumnLayout {
    let names: [String]
    let types: [UInt32]
    let tables: [UInt32]
    let isBinaryKnown: Bool

    init(_ result: OpaquePointer) {
        let count = PQnfields(result)
        names = (0..<count).map { PQfname(result, $0).map { String(cString: $0) } ?? "" }
        types = (0..<count).map { PQftype(result, $0) }
        tables = (0..<count).map { PQftable(result, $0) }
        isBinaryKnown = types.allSatisfy(TypeID.isBinaryKnown)
    }
}

/// A result of libpq, freed with its last row.
final class QueryResult {
    let layout: ColumnLayout
    let count: Int
    let isBinary: Bool
    let statement: String
    let site: CallSite
    /// Where the last search by name ended. Rows ask for their columns in the same order again and again, so the next
    /// name is nearly always the next column.
    private var hint = 0
    /// The column for each key of a Codable type, in the order of first use.
    var codingKeys: [(name: String, column: Int?)] = []
    var codingHint = 0
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer, layout: ColumnLayout?, statement: String, site: CallSite) {
        self.pointer = pointer
        self.layout = layout ?? ColumnLayout(pointer)
        self.statement = statement
        self.site = site
        count = Int(PQntuples(pointer))
        isBinary = PQnfields(pointer) > 0 && PQfformat(pointer, 0) == 1
    }

    deinit {
        PQclear(pointer)
    }

    /// Rows inserted, changed, deleted or selected, from the command's tag.
    var affectedRows: Int {
        guard let text = PQcmdTuples(pointer) else { return 0 }
        return Int(String(cString: text)) ?? 0
    }

    func cell(_ row: Int, _ column: Int) -> Cell {
        let (row, field) = (Int32(truncatingIfNeeded: row), Int32(truncatingIfNeeded: column))
        let length = PQgetlength(pointer, row, field)
        // An empty value and NULL both have length 0.
        if length == 0, PQgetisnull(pointer, row, field) != 0 {
            return Cell(bytes: nil, type: layout.types[column], isBinary: isBinary)
        }
        let bytes = UnsafeRawBufferPointer(start: PQgetvalue(pointer, row, field), count: Int(length))
        return Cell(bytes: bytes, type: layout.types[column], isBinary: isBinary)
    }

    func column(named name: String) -> Int? {
        let names = layout.names
        for step in 0..<names.count {
            var candidate = hint + step
            if candidate >= names.count { candidate -= names.count }
            if names[candidate] == name {
                hint = candidate + 1 == names.count ? 0 : candidate + 1
                return candidate
            }
        }
        return nil
    }
}
