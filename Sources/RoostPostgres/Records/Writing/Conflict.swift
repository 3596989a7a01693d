/// What an INSERT does with a row that is there already: PostgreSQL's `ON CONFLICT`.
public struct Conflict<R: Record>: Sendable {
    enum Action: Sendable {
        case fail
        case ignore
        /// Sets these columns to the new row's values; all inserted columns but the target's when nil.
        case update([Int]?)
    }

    let action: Action
    /// Positions of the unique columns; none means any conflict.
    let target: [Int]

    /// Fail with SQLSTATE 23505, ``QueryError/isUniqueViolation``.
    public static var fail: Conflict { Conflict(action: .fail, target: []) }

    /// Leave the stored row as it is.
    public static var ignore: Conflict { Conflict(action: .ignore, target: []) }

    /// Leave the stored row as it is when it has the same values in these columns, which have a unique index.
    public static func ignore<each Key>(on key: repeat KeyPath<R.Fields, Column<R, each Key>>) -> Conflict {
        Conflict(action: .ignore, target: positions(repeat each key))
    }

    /// Update the stored row that has the same values in these columns, which have a unique index.
    public static func update<each Key>(on key: repeat KeyPath<R.Fields, Column<R, each Key>>) -> Conflict {
        Conflict(action: .update(nil), target: positions(repeat each key))
    }

    /// The same for some columns only: `.update(on: \.email).only(\.name, \.city)`.
    public func only<each Value>(_ columns: repeat KeyPath<R.Fields, Column<R, each Value>>) -> Conflict {
        Conflict(action: .update(Self.positions(repeat each columns)), target: target)
    }

    static func positions<each Value>(_ paths: repeat KeyPath<R.Fields, Column<R, each Value>>) -> [Int] {
        var positions: [Int] = []
        for path in repeat each paths { positions.append(R.table.index(of: R.table.fields[keyPath: path])) }
        return positions
    }

    /// The clause for an INSERT of the given columns.
    func clause(inserting columns: [Int]) -> SQL {
        switch action {
        case .fail: return ""
        case .ignore: return " ON CONFLICT\(targetList) DO NOTHING"
        case .update(let chosen):
            let updated = chosen ?? columns.filter { !target.contains($0) }
            guard !updated.isEmpty else {
                // Nothing to change, but RETURNING is to give the stored row: set the key to what it is.
                return " ON CONFLICT\(targetList) DO UPDATE SET \(Self.excluded(Array(target.prefix(1))))"
            }
            return " ON CONFLICT\(targetList) DO UPDATE SET \(Self.excluded(updated))"
        }
    }

    private var targetList: SQL {
        target.isEmpty ? "" : " (\(SQL.joined(target.map { .unsafe(R.table.quoted[$0]) })))"
    }

    private static func excluded(_ columns: [Int]) -> SQL {
        .joined(columns.map { .unsafe("\(R.table.quoted[$0]) = excluded.\(R.table.quoted[$0])") })
    }
}
