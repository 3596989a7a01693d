extension SQLDecimal: LosslessStringConvertible {
    /// Reads `-12.50`, `.5`, `1e-7`, `NaN`, `Infinity`, `-Infinity`, as the server does; nil for anything else.
    public init?(_ text: String) {
        switch text.utf8.count <= 9 ? text.lowercased() : "" {
        case "nan": self = .notANumber
        case "infinity", "inf", "+infinity", "+inf": self = .infinity
        case "-infinity", "-inf": self = .negativeInfinity
        default:
            guard let value = SQLDecimal(digits: text.utf8) else { return nil }
            self = value
        }
    }

    /// The number as the server writes it.
    public var description: String {
        switch kind {
        case .notANumber: "NaN"
        case .infinity: "Infinity"
        case .negativeInfinity: "-Infinity"
        case .finite: String(decoding: finiteText, as: UTF8.self)
        }
    }

    private var finiteText: [UInt8] {
        var out: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
        if weight < 0 || groups.isEmpty {
            out.append(UInt8(ascii: "0"))
        } else {
            for power in stride(from: weight, through: 0, by: -1) {
                let digits = Self.digits(of: group(atPower: power))
                out.append(contentsOf: power == weight ? digits.drop { $0 == 0x30 } : digits[...])
            }
        }
        guard scale > 0 else { return out }
        out.append(UInt8(ascii: "."))
        let end = out.count + scale
        var power = -1
        while out.count < end {
            out.append(contentsOf: Self.digits(of: group(atPower: power)))
            power -= 1
        }
        out.removeLast(out.count - end)
        return out
    }

    private func group(atPower power: Int) -> Int16 {
        let index = weight - power
        return groups.indices.contains(index) ? groups[index] : 0
    }

    private static func digits(of group: Int16) -> [UInt8] {
        let number = Int(group)
        return [number / 1000, number / 100 % 10, number / 10 % 10, number % 10].map { 0x30 + UInt8($0) }
    }

    /// Reads sign, digits, point, digits and exponent.
    init?(digits text: some Sequence<UInt8>) {
        var scanner = DecimalScanner()
        for byte in text { guard scanner.take(byte) else { return nil } }
        guard let parts = scanner.parts else { return nil }
        var digits = parts.digits
        // Whole groups on both sides of the point: pad in front and behind.
        let before = digits.count - parts.scale
        let front = (4 - ((before % 4) + 4) % 4) % 4
        digits.insert(contentsOf: repeatElement(0, count: front), at: 0)
        digits.append(contentsOf: repeatElement(0, count: (4 - digits.count % 4) % 4))
        let groups = stride(from: 0, to: digits.count, by: 4).map { start in
            digits[start..<start + 4].reduce(Int16(0)) { $0 * 10 + Int16($1) }
        }
        let leading = groups.prefix { $0 == 0 }.count
        let weight = (before + front) / 4 - 1 - leading
        self.init(isNegative: parts.isNegative, groups: groups, weight: weight, scale: max(parts.scale, 0))
    }
}

/// The automaton behind the reading of a decimal number.
private struct DecimalScanner {
    /// More digits than `numeric` can hold are refused before they cost memory.
    private static let limit = 150_000

    private var isNegative = false
    private var digits: [UInt8] = []
    private var scale = 0
    private var hasPoint = false
    private var exponent = 0
    private var exponentIsNegative = false
    private var exponentDigits = 0
    private var state = State.start

    private enum State { case start, number, exponentStart, exponent }

    /// False when the byte cannot follow.
    mutating func take(_ byte: UInt8) -> Bool {
        switch (state, byte) {
        case (.start, UInt8(ascii: "-")), (.start, UInt8(ascii: "+")):
            isNegative = byte == UInt8(ascii: "-")
            state = .number
        case (.start, 0x30...0x39), (.number, 0x30...0x39):
            digits.append(byte - 0x30)
            if hasPoint { scale += 1 }
            state = .number
        case (.start, UInt8(ascii: ".")), (.number, UInt8(ascii: ".")):
            guard !hasPoint else { return false }
            hasPoint = true
            state = .number
        case (.number, UInt8(ascii: "e")), (.number, UInt8(ascii: "E")):
            guard !digits.isEmpty else { return false }
            state = .exponentStart
        case (.exponentStart, UInt8(ascii: "-")), (.exponentStart, UInt8(ascii: "+")):
            exponentIsNegative = byte == UInt8(ascii: "-")
            state = .exponent
        case (.exponentStart, 0x30...0x39), (.exponent, 0x30...0x39):
            exponent = exponent * 10 + Int(byte - 0x30)
            exponentDigits += 1
            state = .exponent
        default: return false
        }
        return digits.count <= Self.limit && exponent <= Self.limit
    }

    /// The digits and how many of them stand after the point, once the text is over.
    var parts: (isNegative: Bool, digits: [UInt8], scale: Int)? {
        guard !digits.isEmpty, state == .number || (state == .exponent && exponentDigits > 0) else { return nil }
        var (digits, scale) = (digits, scale - (exponentIsNegative ? -exponent : exponent))
        if scale < 0 {
            digits.append(contentsOf: repeatElement(0, count: -scale))
            scale = 0
        }
        if scale > digits.count {
            digits.insert(contentsOf: repeatElement(0, count: scale - digits.count), at: 0)
        }
        return (isNegative, digits, scale)
    }
}
