/// An INSERT of one or several rows into a record's table.
struct InsertStatement<R: Record> {
    /// Positions of the columns.
    let columns: [Int]
    let rows: [[SQL]]
    let conflict: Conflict<R>
    let isReturning: Bool

    var sql: SQL {
        var sql: SQL = "INSERT INTO \(R.table)"
        if columns.isEmpty {
            sql += " DEFAULT VALUES"
        } else {
            sql += " (\(SQL.joined(columns.map { .unsafe(R.table.quoted[$0]) }))) VALUES "
            sql += .joined(rows.map { "(\(SQL.joined($0)))" })
        }
        sql += conflict.clause(inserting: columns)
        if isReturning { sql += " RETURNING " + R.table.selectList }
        return sql
    }

    /// The columns a record brings along: all that the database does not make.
    static var recordColumns: [Int] {
        R.table.columns.indices.filter { !R.table.columns[$0].traits.contains(.generated) }
    }

    static func values(of record: R, _ columns: [Int]) -> [SQL] {
        columns.map { "\(R.table.columns[$0].value(of: record))" }
    }

    /// A statement takes 65,535 parameters at most, and beyond some hundred rows longer ones gain nothing.
    static func mostRows(columns: Int) -> Int {
        Swift.max(1, Swift.min(256, 65_535 / Swift.max(columns, 1)))
    }

    /// Rows in portions of 256, 128, 64 … 1: lists of every length share nine prepared statements.
    static func portions(of count: Int, columns: Int) -> [Range<Int>] {
        var portions: [Range<Int>] = []
        var size = 1
        while size * 2 <= mostRows(columns: columns) { size *= 2 }
        var start = 0
        while start < count {
            while size > count - start { size /= 2 }
            portions.append(start..<start + size)
            start += size
        }
        return portions
    }
}
