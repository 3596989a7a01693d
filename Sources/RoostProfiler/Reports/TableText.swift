/// The tables of functions as text.
enum TableText {
    /// Self and cumulative time and share.
    /// - Parameter rows: how many functions at most (cProfile's and Werkzeug's `restrictions`).
    static func functions(_ table: FunctionTable, rows: Int) -> String {
        var text = header
        for row in table.rows.prefix(rows) {
            text += Column.right(Column.milliseconds(row.own), 9)
            text += Column.right(Column.percent(row.own, of: table.total), 8)
            text += Column.right(Column.milliseconds(row.cumulative), 10)
            text += Column.right(Column.percent(row.cumulative, of: table.total), 8)
            text += "  \(row.frame.label)\n"
        }
        return text
    }

    private static let header = "  self ms  self %    cum ms   cum %  function\n"

    /// Before, after and change of each function.
    static func difference(_ difference: StackDifference, rows: Int) -> String {
        var text = "   before     after    change    self before     after    change  function\n"
        text += line(difference.total, difference.total, "(all)")
        for row in difference.rows.prefix(rows) {
            text += line(row.cumulative, row.own, row.frame.label)
        }
        return text
    }

    private static func line(_ cumulative: (Int64, Int64), _ own: (Int64, Int64), _ name: String) -> String {
        Column.right(Column.milliseconds(cumulative.0), 9) + Column.right(Column.milliseconds(cumulative.1), 10)
            + Column.right(Column.change(cumulative.1 - cumulative.0), 10)
            + Column.right(Column.milliseconds(own.0), 15) + Column.right(Column.milliseconds(own.1), 10)
            + Column.right(Column.change(own.1 - own.0), 10) + "  \(name)\n"
    }
}
