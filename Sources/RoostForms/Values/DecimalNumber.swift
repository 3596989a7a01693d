/// An exact decimal number: a coefficient and a power of ten, as the General Decimal Arithmetic specification has it.
///
/// `1.50` keeps its zero. It reads and writes exactly what Python's `Decimal` does; it compares and rounds, no more.
public struct DecimalNumber: Sendable {
    enum Kind: Sendable { case finite, infinite, nan, signalingNaN }

    let kind: Kind
    let isNegative: Bool
    /// The digits without leading zeros, each 0…9; empty for zero. For NaN: its payload.
    let digits: [UInt8]
    let exponent: Int

    init(kind: Kind = .finite, isNegative: Bool, digits: [UInt8], exponent: Int) {
        self.kind = kind
        self.isNegative = isNegative
        self.digits = Array(digits.drop { $0 == 0 })
        self.exponent = exponent
    }

    /// A whole number.
    public init(_ number: Int) {
        let digits = number.magnitude.description.utf8.map { $0 &- 48 }
        self.init(isNegative: number < 0, digits: digits, exponent: 0)
    }

    public var isZero: Bool { kind == .finite && digits.isEmpty }
    public var isNaN: Bool { kind == .nan || kind == .signalingNaN }

    /// The nearest double.
    public var double: Double {
        switch kind {
        case .finite: Double(description) ?? .nan
        case .infinite: isNegative ? -.infinity : .infinity
        case .nan, .signalingNaN: .nan
        }
    }

    /// The position of the first digit: 1 for 1…9, 0 for 0.1.
    private var magnitude: Int { digits.count + exponent }

    /// The order of two numbers; NaN has none.
    public func compare(_ other: DecimalNumber) -> FieldValue.Order {
        if isNaN || other.isNaN { return .incomparable }
        if isZero && other.isZero { return .equal }
        let (left, right) = (isZero ? 0 : isNegative ? -1 : 1, other.isZero ? 0 : other.isNegative ? -1 : 1)
        if left != right { return left < right ? .less : .greater }
        let order = compareMagnitude(other)
        guard isNegative else { return order }
        return order == .less ? .greater : order == .greater ? .less : .equal
    }

    private func compareMagnitude(_ other: DecimalNumber) -> FieldValue.Order {
        if kind == .infinite || other.kind == .infinite {
            return kind == other.kind ? .equal : kind == .infinite ? .greater : .less
        }
        if magnitude != other.magnitude { return magnitude < other.magnitude ? .less : .greater }
        for index in 0..<max(digits.count, other.digits.count) {
            let one = index < digits.count ? digits[index] : 0
            let two = index < other.digits.count ? other.digits[index] : 0
            if one != two { return one < two ? .less : .greater }
        }
        return .equal
    }

    /// The number with exactly so many places after the point, halves to the even neighbour; nil beyond 28 digits,
    /// which is the precision that Python calculates with.
    public func rounded(places: Int) -> DecimalNumber? {
        guard kind == .finite else { return isNaN ? self : nil }
        let shift = exponent + places
        guard shift <= 28, digits.count + shift <= 28 else { return isZero ? zero(places) : nil }
        if shift >= 0 {
            let padded = digits + [UInt8](repeating: 0, count: shift)
            return DecimalNumber(isNegative: isNegative, digits: padded, exponent: -places)
        }
        return DecimalNumber(isNegative: isNegative, digits: Self.cut(digits, by: -shift), exponent: -places)
    }

    private func zero(_ places: Int) -> DecimalNumber {
        DecimalNumber(isNegative: isNegative, digits: [], exponent: -places)
    }

    /// Drops digits at the end, rounding half to even.
    private static func cut(_ digits: [UInt8], by count: Int) -> [UInt8] {
        guard count <= digits.count else { return [] }
        var kept = Array(digits.dropLast(count))
        let rest = digits.suffix(count)
        let isHalf = rest.first == 5 && rest.dropFirst().allSatisfy { $0 == 0 }
        let roundsUp = isHalf ? (kept.last ?? 0) % 2 == 1 : (rest.first ?? 0) >= 5
        guard roundsUp else { return kept }
        var index = kept.count - 1
        while index >= 0, kept[index] == 9 {
            kept[index] = 0
            index -= 1
        }
        if index < 0 { kept.insert(1, at: 0) } else { kept[index] += 1 }
        return kept
    }
}

extension DecimalNumber: Equatable {
    /// Equal in value: 1.5 is 1.50.
    public static func == (one: DecimalNumber, other: DecimalNumber) -> Bool { one.compare(other) == .equal }
}
