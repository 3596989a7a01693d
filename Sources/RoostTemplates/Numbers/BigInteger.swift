internal import Glibc

/// An integer that does not fit into `Int`: a sign and a magnitude in words of 32 bits, the lowest first.
///
/// Templates meet such numbers rarely, so the methods are the ones from school; the size is limited instead.
public final class BigInteger {
    let isNegative: Bool
    let words: [UInt32]

    /// Longer results are refused: a template must not be able to occupy a worker with one expression.
    static let maximumWords = 1024

    init(isNegative: Bool, words: [UInt32]) {
        var words = words
        while words.last == 0 { words.removeLast() }
        self.words = words
        self.isNegative = isNegative && !words.isEmpty
    }

    convenience init(_ number: Int) {
        let magnitude = UInt64(number.magnitude)
        self.init(isNegative: number < 0, words: [UInt32(truncatingIfNeeded: magnitude), UInt32(magnitude >> 32)])
    }

    /// The whole part of a finite number.
    convenience init(_ number: Double) {
        var words: [UInt32] = []
        let whole = number.magnitude.rounded(.towardZero)
        let shift = whole < 1 ? 0 : max(0, Int(whole.exponent) - 52)
        let significand = UInt64(scalbn(whole, Int32(-shift)))
        words = [UInt32(truncatingIfNeeded: significand), UInt32(significand >> 32)]
        self.init(isNegative: number < 0, words: BigInteger.shifted(words, by: shift))
    }

    /// Reads digits; nil when there is anything else.
    convenience init?(_ digits: some StringProtocol, radix: Int = 10) {
        var words: [UInt32] = []
        var bytes = digits.utf8[...]
        let isNegative = bytes.first == 0x2D
        if isNegative || bytes.first == 0x2B { bytes.removeFirst() }
        guard !bytes.isEmpty, bytes.count < BigInteger.maximumWords * 8 else { return nil }
        for byte in bytes {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue, digit < radix else { return nil }
            BigInteger.multiply(&words, by: UInt32(radix), adding: UInt32(digit))
        }
        self.init(isNegative: isNegative, words: words)
    }

    var isZero: Bool { words.isEmpty }
    var isOdd: Bool { (words.first ?? 0) & 1 == 1 }
    var negated: BigInteger { BigInteger(isNegative: !isNegative, words: words) }

    /// The value when it fits.
    var small: Int? {
        guard words.count <= 2 else { return nil }
        let magnitude = UInt64(words.first ?? 0) | UInt64(words.count > 1 ? words[1] : 0) << 32
        if isNegative { return magnitude <= UInt64(Int.max) + 1 ? Int(truncatingIfNeeded: 0 &- magnitude) : nil }
        return Int(exactly: magnitude)
    }

    /// The nearest float, rounded to even; infinite when too large.
    var double: Double {
        Double(description) ?? .infinity
    }

    // MARK: Text

    func text(radix: Int, uppercase: Bool = false) -> String {
        var rest = words
        var digits: [UInt8] = []
        while !rest.isEmpty {
            let digit = UInt8(BigInteger.divide(&rest, by: UInt32(radix)))
            digits.append(digit < 10 ? 0x30 + digit : (uppercase ? 0x37 : 0x57) + digit)
        }
        if digits.isEmpty { digits = [0x30] }
        if isNegative { digits.append(0x2D) }
        return String(decoding: digits.reversed(), as: UTF8.self)
    }

    // MARK: Words

    private static func multiply(_ words: inout [UInt32], by factor: UInt32, adding carry: UInt32) {
        var carry = UInt64(carry)
        for index in words.indices {
            let product = UInt64(words[index]) * UInt64(factor) + carry
            words[index] = UInt32(truncatingIfNeeded: product)
            carry = product >> 32
        }
        if carry > 0 { words.append(UInt32(carry)) }
    }

    /// Divides in place and returns the remainder.
    private static func divide(_ words: inout [UInt32], by divisor: UInt32) -> UInt32 {
        var remainder: UInt64 = 0
        for index in words.indices.reversed() {
            let part = remainder << 32 | UInt64(words[index])
            words[index] = UInt32(part / UInt64(divisor))
            remainder = part % UInt64(divisor)
        }
        while words.last == 0 { words.removeLast() }
        return UInt32(remainder)
    }

    private static func shifted(_ words: [UInt32], by bits: Int) -> [UInt32] {
        var result = [UInt32](repeating: 0, count: bits / 32)
        var carry: UInt64 = 0
        for word in words {
            let wide = UInt64(word) << UInt64(bits % 32) | carry
            result.append(UInt32(truncatingIfNeeded: wide))
            carry = wide >> 32
        }
        return carry > 0 ? result + [UInt32(carry)] : result
    }

    static func compareMagnitudes(_ left: [UInt32], _ right: [UInt32]) -> Int {
        if left.count != right.count { return left.count < right.count ? -1 : 1 }
        for index in left.indices.reversed() where left[index] != right[index] {
            return left[index] < right[index] ? -1 : 1
        }
        return 0
    }

    private static func sum(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var result: [UInt32] = []
        var carry: UInt64 = 0
        for index in 0..<max(left.count, right.count) {
            carry += UInt64(index < left.count ? left[index] : 0) + UInt64(index < right.count ? right[index] : 0)
            result.append(UInt32(truncatingIfNeeded: carry))
            carry >>= 32
        }
        return result + [UInt32(carry)]
    }

    /// `left` must not be smaller.
    private static func difference(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var result = left
        var borrow: Int64 = 0
        for index in left.indices {
            var part = Int64(left[index]) - borrow - Int64(index < right.count ? right[index] : 0)
            borrow = part < 0 ? 1 : 0
            if part < 0 { part += 1 << 32 }
            result[index] = UInt32(part)
        }
        while result.last == 0 { result.removeLast() }
        return result
    }

    // MARK: Arithmetic

    func adding(_ other: BigInteger) -> BigInteger {
        if isNegative == other.isNegative {
            return BigInteger(isNegative: isNegative, words: BigInteger.sum(words, other.words))
        }
        return BigInteger.compareMagnitudes(words, other.words) >= 0
            ? BigInteger(isNegative: isNegative, words: BigInteger.difference(words, other.words))
            : BigInteger(isNegative: other.isNegative, words: BigInteger.difference(other.words, words))
    }

    func multiplied(by other: BigInteger) -> BigInteger {
        var result = [UInt32](repeating: 0, count: words.count + other.words.count)
        for (index, word) in words.enumerated() {
            var carry: UInt64 = 0
            for (offset, factor) in other.words.enumerated() {
                carry += UInt64(word) * UInt64(factor) + UInt64(result[index + offset])
                result[index + offset] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
            result[index + other.words.count] = UInt32(carry)
        }
        return BigInteger(isNegative: isNegative != other.isNegative, words: result)
    }

    /// Python's division: rounded towards minus infinity, the remainder with the divisor's sign.
    func dividedFloor(by other: BigInteger) -> (quotient: BigInteger, remainder: BigInteger) {
        let (magnitude, rest) = BigInteger.longDivision(words, other.words)
        let quotient = BigInteger(isNegative: isNegative != other.isNegative, words: magnitude)
        let remainder = BigInteger(isNegative: isNegative, words: rest)
        guard !remainder.isZero, isNegative != other.isNegative else { return (quotient, remainder) }
        return (quotient.adding(BigInteger(-1)), remainder.adding(other))
    }

    /// Bit by bit for long divisors: slow, short and certain.
    private static func longDivision(_ left: [UInt32], _ right: [UInt32]) -> ([UInt32], [UInt32]) {
        if right.count == 1 {
            var quotient = left
            let remainder = divide(&quotient, by: right[0])
            return (quotient, remainder == 0 ? [] : [remainder])
        }
        var quotient = [UInt32](repeating: 0, count: left.count)
        var remainder: [UInt32] = []
        for index in left.indices.reversed() {
            for bit in (0..<32).reversed() {
                remainder = shifted(remainder, by: 1)
                if left[index] >> UInt32(bit) & 1 == 1 {
                    if remainder.isEmpty { remainder = [1] } else { remainder[0] |= 1 }
                }
                if compareMagnitudes(remainder, right) >= 0 {
                    remainder = difference(remainder, right)
                    quotient[index] |= 1 << UInt32(bit)
                }
            }
        }
        return (quotient, remainder)
    }

    func compare(_ other: BigInteger) -> Int {
        if isNegative != other.isNegative { return isNegative ? -1 : 1 }
        let order = BigInteger.compareMagnitudes(words, other.words)
        return isNegative ? -order : order
    }
}

extension BigInteger {
    /// The decimal digits as templates print them.
    ///
    /// - Throws: `TemplateError` for more digits than Python prints.
    func printed() throws -> String {
        let text = description
        guard text.utf8.count - (isNegative ? 1 : 0) <= Self.maximumDigits else {
            throw TemplateError("Exceeds the limit (\(Self.maximumDigits) digits) for integer string conversion")
        }
        return text
    }

    /// Python's own limit.
    static let maximumDigits = 4300
}

extension BigInteger: CustomStringConvertible {
    /// The decimal digits, nine at a time.
    public var description: String {
        var rest = words
        var groups: [String] = []
        while !rest.isEmpty { groups.append(String(BigInteger.divide(&rest, by: 1_000_000_000))) }
        guard let first = groups.last else { return "0" }
        return groups.dropLast().reversed().reduce(isNegative ? "-" + first : first) { text, group in
            text + String(repeating: "0", count: 9 - group.utf8.count) + group
        }
    }
}

extension TemplateValue {
    /// Reads a decimal integer of any size; nil when the text is anything else.
    public init?(integer digits: some StringProtocol) {
        guard let number = BigInteger(digits), number.words.count <= BigInteger.maximumWords else { return nil }
        self = number.small.map { .int($0) } ?? .big(number)
    }
}
