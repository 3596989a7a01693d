/// One migration file: its number, its two halves and its options.
public struct Migration: Sendable {
    /// One half of a file.
    public struct Section: Sendable {
        /// The half's text.
        public let text: String
        /// Line of the file on which the text starts, from 1.
        public let firstLine: Int
        /// Run outside a transaction, statement by statement.
        public let withoutTransaction: Bool
    }

    /// The number at the start of the file's name, as written: `0007`.
    public let version: String
    /// The rest of the name: `add_follows`.
    public let name: String
    public let path: String
    /// The whole text without a byte-order mark and with LF line ends; the checksum is taken from this.
    public let text: String
    public let up: Section
    /// Nil when the file cannot be undone.
    public let down: Section?
    /// From `-- migrate:lock-timeout 5s`; nil means the migrator's default.
    public let lockTimeout: String?

    /// The version without leading zeros, which is what orders and identifies it.
    public var number: VersionNumber { VersionNumber(version) }
}

/// A version as a number of any length: `0007` equals `7` and comes before `20260101`.
public struct VersionNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
    let digits: String

    public init(_ version: String) {
        let stripped = version.drop { $0 == "0" }
        digits = stripped.isEmpty ? "0" : String(stripped)
    }

    public var description: String { digits }

    public static func < (left: VersionNumber, right: VersionNumber) -> Bool {
        let (leftCount, rightCount) = (left.digits.utf8.count, right.digits.utf8.count)
        return leftCount == rightCount ? left.digits < right.digits : leftCount < rightCount
    }
}
