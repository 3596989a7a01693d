/// An exact decimal number, as `numeric` keeps it: any number of digits and a fixed number of them after the point.
///
///     let price: SQLDecimal = try db.value("SELECT price FROM items WHERE id = \(id)")
///     try db.execute("UPDATE items SET price = \(SQLDecimal("19.90")!) WHERE id = \(id)")
///
/// For money and counts that a `Double` would round. It is carried and compared, not calculated with: sums belong into
/// the database. `1.0` equals `1.00`; both keep their digits when written.
public struct SQLDecimal: Sendable {
    /// What kind of number it is.
    enum Kind: Sendable, Hashable {
        case finite, notANumber, infinity, negativeInfinity
    }

    let kind: Kind
    public let isNegative: Bool
    /// Digits in base 10,000, the highest first, without zeros at either end: PostgreSQL's own form.
    let groups: [Int16]
    /// The power of 10,000 that the first group counts.
    let weight: Int
    /// Decimal digits after the point that are shown.
    public let scale: Int

    /// `NaN`, which equals itself and is greater than every number, as the server sorts it.
    public static let notANumber = SQLDecimal(kind: .notANumber)
    /// `Infinity`, known to PostgreSQL 14 and later.
    public static let infinity = SQLDecimal(kind: .infinity)
    /// `-Infinity`, known to PostgreSQL 14 and later.
    public static let negativeInfinity = SQLDecimal(kind: .negativeInfinity)

    public var isNaN: Bool { kind == .notANumber }
    public var isFinite: Bool { kind == .finite }

    private init(kind: Kind) {
        self.init(kind: kind, isNegative: kind == .negativeInfinity, groups: [], weight: 0, scale: 0)
    }

    private init(kind: Kind, isNegative: Bool, groups: [Int16], weight: Int, scale: Int) {
        (self.kind, self.isNegative, self.groups) = (kind, isNegative, groups)
        (self.weight, self.scale) = (weight, scale)
    }

    /// A finite number from groups that may have zeros at their ends.
    init(isNegative: Bool, groups: some Sequence<Int16>, weight: Int, scale: Int) {
        var groups = Array(groups.drop { $0 == 0 })
        let dropped = groups.isEmpty
        var weight = weight
        if dropped { weight = 0 }
        while groups.last == 0 { groups.removeLast() }
        self.init(kind: .finite, isNegative: isNegative && !dropped, groups: groups, weight: weight, scale: scale)
    }

    public init(_ number: some BinaryInteger) {
        self = SQLDecimal(digits: String(number).utf8) ?? .notANumber
    }
}

extension SQLDecimal: Comparable, Hashable {
    public static func == (left: SQLDecimal, right: SQLDecimal) -> Bool {
        left.kind == right.kind && left.isNegative == right.isNegative && left.weight == right.weight
            && left.groups == right.groups
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(isNegative)
        hasher.combine(weight)
        hasher.combine(groups)
    }

    public static func < (left: SQLDecimal, right: SQLDecimal) -> Bool {
        guard left.isFinite, right.isFinite else { return left.rank < right.rank }
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? right.isSmaller(than: left) : left.isSmaller(than: right)
    }

    /// The order of the kinds: -Infinity, numbers, Infinity, NaN.
    private var rank: Int {
        switch kind {
        case .negativeInfinity: 0
        case .finite: 1
        case .infinity: 2
        case .notANumber: 3
        }
    }

    /// Compares magnitudes.
    private func isSmaller(than other: SQLDecimal) -> Bool {
        if groups.isEmpty || other.groups.isEmpty { return groups.isEmpty && !other.groups.isEmpty }
        if weight != other.weight { return weight < other.weight }
        return groups.lexicographicallyPrecedes(other.groups)
    }
}

extension SQLDecimal: ExpressibleByIntegerLiteral, Codable {
    public init(integerLiteral value: Int) {
        self.init(value)
    }

    /// Written as text: JSON's numbers would be rounded by most readers.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = SQLDecimal(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a decimal number")
        }
        self = value
    }
}
