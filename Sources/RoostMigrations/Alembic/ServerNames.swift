/// The names that PostgreSQL gives to what a migration did not name, and SQLAlchemy to its indexes.
///
/// Error texts and later migrations use these names, so whoever reads a schema that Flask made must know them.
public enum ServerNames {
    /// Bytes of the longest name.
    public static let limit = 63

    public enum Constraint: String, Sendable {
        case primaryKey = "pkey"
        case foreignKey = "fkey"
        case unique = "key"
        case check
    }

    /// The name of a constraint without one.
    /// - Parameters:
    ///   - columns: those of the constraint; of a check, those in its condition
    ///   - taken: names that are in use already
    public static func constraint(
        _ kind: Constraint, table: String, columns: [String], taken: Set<String> = []
    ) -> String {
        // A check on several columns, and a primary key, are named after the table alone.
        let namesColumns = kind == .check ? columns.count == 1 : kind != .primaryKey
        let middle = namesColumns ? columns.joined(separator: "_") : nil
        return free(table, middle, kind.rawValue, taken)
    }

    /// The sequence of a SERIAL column.
    public static func sequence(table: String, column: String, taken: Set<String> = []) -> String {
        free(table, column, "seq", taken)
    }

    /// The index that SQLAlchemy makes for `index=True`; a long name is cut and told apart by its digest.
    public static func sqlAlchemyIndex(table: String, column: String) -> String {
        let name = "ix_\(table)_\(column)"
        guard name.unicodeScalars.count > limit else { return name }
        let start = String(String.UnicodeScalarView(name.unicodeScalars.prefix(limit - 8)))
        return start + "_" + MD5.text(Array(name.utf8)).suffix(4)
    }

    /// Numbers the label until the name is free, as the server does.
    private static func free(_ table: String, _ middle: String?, _ label: String, _ taken: Set<String>) -> String {
        var number = 0
        while true {
            let name = joined(table, middle, number == 0 ? label : label + String(number))
            if !taken.contains(name) { return name }
            number += 1
        }
    }

    /// Shortens the longer of both parts until all fits (PostgreSQL's `makeObjectName`).
    private static func joined(_ table: String, _ middle: String?, _ label: String) -> String {
        let room = limit - label.utf8.count - 1 - (middle == nil ? 0 : 1)
        var (first, second) = (table.utf8.count, middle?.utf8.count ?? 0)
        while first + second > room {
            if first > second { first -= 1 } else { second -= 1 }
        }
        return [clipped(table, first), middle.map { clipped($0, second) }, label].compactMap { $0 }.joined(
            separator: "_")
    }

    /// The longest beginning of whole characters.
    private static func clipped(_ text: String, _ most: Int) -> String {
        var bytes = 0
        let kept = text.unicodeScalars.prefix { scalar in
            bytes += UTF8.width(scalar)
            return bytes <= most
        }
        return String(String.UnicodeScalarView(kept))
    }
}
