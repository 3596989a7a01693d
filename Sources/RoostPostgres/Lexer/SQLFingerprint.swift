/// What is the same in all runs of a statement: its text without values, blanks, comments and letter case.
///
///     SQLFingerprint(of: "SELECT * FROM users WHERE id IN (1, 2, 3) -- three").text
///     // select * from users where id in (?)
///
/// - Strings, numbers, parameters, and TRUE, FALSE and NULL where a value stands become `?`; a sign joins its number.
/// - The elements of an IN list and of ARRAY[…], and the rows of VALUES, are written once for each shape they have.
/// - Words are folded to lower case, as PostgreSQL does; names in double quotes keep their spelling and are never values.
/// - Casts stay, with the modifiers of their types: `?::numeric(10, 2)`.
public struct SQLFingerprint: Sendable, Hashable {
    /// The folded statement.
    public let text: String
    /// FNV-1a of the folded statement's bytes, 64 bits.
    public let value: UInt64

    /// Takes time in proportion to the statement's length; keep it off paths that run for every statement.
    public init(of statement: String) {
        var writer = FingerprintWriter(SQLLexer(statement))
        let bytes = writer.write()
        text = String(decoding: bytes, as: UTF8.self)
        value = FNV.hash(bytes)
    }

    /// The value as 16 hexadecimal digits, as logs and reports name a statement.
    public var hash: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    public static func == (one: SQLFingerprint, other: SQLFingerprint) -> Bool { one.value == other.value }

    public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

/// Fowler, Noll and Vo's hash (FNV-1a, 64 bits): the same in every process and release, unlike Swift's `Hasher`.
enum FNV {
    static let basis: UInt64 = 0xCBF2_9CE4_8422_2325
    static let prime: UInt64 = 0x0000_0100_0000_01B3

    static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(basis) { ($0 ^ UInt64($1)) &* prime }
    }
}
