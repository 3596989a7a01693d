import Glibc

/// A statement that the server has parsed.
final class PreparedStatement {
    let name: String
    let parameterTypes: [UInt32]
    let layout: ColumnLayout
    var lastUse: UInt64 = 0

    init(name: String, parameterTypes: [UInt32], layout: ColumnLayout) {
        self.name = name
        self.parameterTypes = parameterTypes
        self.layout = layout
    }
}

/// A statement's text as the server sees it: byte for byte. Swift's own comparison takes `é` for `e` with an accent,
/// and a statement for another table would be found under this one's text.
struct StatementKey: Hashable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: StatementKey, right: StatementKey) -> Bool {
        let isSame = left.text.utf8.withContiguousStorageIfAvailable { left in
            right.text.utf8.withContiguousStorageIfAvailable { right in
                guard left.count == right.count, let first = left.baseAddress, let second = right.baseAddress else {
                    return left.count == right.count
                }
                return memcmp(first, second, left.count) == 0
            }
        }
        // Every native string is contiguous.
        return (isSame ?? nil) ?? left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        let isHashed: Void? = text.utf8.withContiguousStorageIfAvailable {
            hasher.combine(bytes: UnsafeRawBufferPointer($0))
        }
        if isHashed == nil { for byte in text.utf8 { hasher.combine(byte) } }
    }
}

/// Prepared statements by text, bounded; the one unused for longest goes first.
struct StatementCache {
    private var statements: [StatementKey: PreparedStatement] = [:]
    private var uses: UInt64 = 0
    let capacity: Int

    init(capacity: Int) {
        self.capacity = max(capacity, 1)
    }

    var count: Int { statements.count }

    mutating func find(_ text: String) -> PreparedStatement? {
        guard let statement = statements[StatementKey(text)] else { return nil }
        uses += 1
        statement.lastUse = uses
        return statement
    }

    /// Stores a statement and returns the one it pushed out, which the server should forget too.
    mutating func store(_ statement: PreparedStatement, text: String) -> PreparedStatement? {
        var evicted: PreparedStatement?
        // A scan of a few hundred entries, only when a new text arrives at a full cache.
        if statements.count >= capacity, let oldest = statements.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            evicted = statements.removeValue(forKey: oldest.key)
        }
        uses += 1
        statement.lastUse = uses
        statements[StatementKey(text)] = statement
        return evicted
    }

    mutating func remove(_ text: String) -> PreparedStatement? {
        statements.removeValue(forKey: StatementKey(text))
    }

    mutating func removeAll() {
        statements.removeAll()
    }
}
