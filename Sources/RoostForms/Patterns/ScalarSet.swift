/// A set of code points. Whether an ASCII one is in it was found out when the pattern was compiled.
struct ScalarSet: Sendable {
    private let ranges: [ClosedRange<UInt32>]
    private let classes: [UInt8]
    private let isNegated: Bool
    private let ignoresCase: Bool
    /// A bit for each of the first 128 code points.
    private var ascii: (low: UInt64, high: UInt64) = (0, 0)

    init(
        ranges: [ClosedRange<UInt32>] = [], classes: [UInt8] = [], isNegated: Bool = false, ignoresCase: Bool = false
    ) {
        self.ranges = ranges
        self.classes = classes
        self.isNegated = isNegated
        self.ignoresCase = ignoresCase
        for value in UInt8(0)..<128 where holds(Unicode.Scalar(value)) {
            if value < 64 { ascii.low |= 1 << value } else { ascii.high |= 1 << (value - 64) }
        }
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 64 { return ascii.low >> value & 1 == 1 }
        if value < 128 { return ascii.high >> (value - 64) & 1 == 1 }
        return holds(scalar)
    }

    private func holds(_ scalar: Unicode.Scalar) -> Bool {
        let found = isListed(scalar) || ignoresCase && Self.foldings(of: scalar).contains(where: isListed)
        return found != isNegated
    }

    private func isListed(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar.value) } || classes.contains { Self.isIn($0, scalar) }
    }

    private static func foldings(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        let (lower, upper) = (scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping)
        return [lower, upper].compactMap { $0.unicodeScalars.count == 1 ? $0.unicodeScalars.first : nil }
    }

    /// `\d`, `\w`, `\s` and their opposites, Unicode's as in Python.
    private static func isIn(_ name: UInt8, _ scalar: Unicode.Scalar) -> Bool {
        switch name {
        case UInt8(ascii: "d"): isDigit(scalar)
        case UInt8(ascii: "D"): !isDigit(scalar)
        case UInt8(ascii: "s"): NumberText.isSpace(scalar)
        case UInt8(ascii: "S"): !NumberText.isSpace(scalar)
        case UInt8(ascii: "w"): isWord(scalar)
        default: !isWord(scalar)
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? (48...57).contains(scalar.value) : scalar.properties.generalCategory == .decimalNumber
    }

    static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            let value = scalar.value
            return (48...57).contains(value) || (65...90).contains(value) || (97...122).contains(value) || value == 95
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            return true
        default: return false
        }
    }
}
