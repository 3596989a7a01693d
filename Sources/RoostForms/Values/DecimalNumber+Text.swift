extension DecimalNumber: LosslessStringConvertible {
    /// Reads what Python's `Decimal(text)` reads: blanks around, underscores, an exponent, `Infinity` and `NaN`
    /// included.
    public init?(_ text: String) {
        var bytes = NumberText.trimmed(text).filter { $0 != UInt8(ascii: "_") }[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
        if let special = Self.special(bytes, isNegative) {
            self = special
            return
        }
        var exponent = 0
        if let mark = bytes.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
            guard let power = NumberText.exponent(bytes[(mark + 1)...]) else { return nil }
            exponent = power
            bytes = bytes[..<mark]
        }
        var digits: [UInt8] = []
        var sawPoint = false
        for byte in bytes {
            if byte == UInt8(ascii: "."), !sawPoint {
                sawPoint = true
            } else if byte &- 48 < 10 {
                digits.append(byte &- 48)
                if sawPoint { exponent -= 1 }
            } else {
                return nil
            }
        }
        guard !digits.isEmpty else { return nil }
        self.init(isNegative: isNegative, digits: digits, exponent: exponent)
    }

    private static func special(_ bytes: ArraySlice<UInt8>, _ isNegative: Bool) -> DecimalNumber? {
        let word = String(decoding: bytes, as: UTF8.self).lowercased()
        if word == "inf" || word == "infinity" {
            return DecimalNumber(kind: .infinite, isNegative: isNegative, digits: [], exponent: 0)
        }
        for (name, kind) in [("snan", Kind.signalingNaN), ("nan", .nan)] where word.hasPrefix(name) {
            let payload = word.dropFirst(name.count).utf8.map { $0 &- 48 }
            guard payload.allSatisfy({ $0 < 10 }) else { return nil }
            return DecimalNumber(kind: kind, isNegative: isNegative, digits: payload, exponent: 0)
        }
        return nil
    }

    /// Plain digits unless the exponent is positive or the number very small: then with `E`, as Python writes it.
    public var description: String {
        let sign = isNegative ? "-" : ""
        switch kind {
        case .infinite: return sign + "Infinity"
        case .nan: return sign + "NaN" + digits.map(\.description).joined()
        case .signalingNaN: return sign + "sNaN" + digits.map(\.description).joined()
        case .finite: return sign + finiteText
        }
    }

    private var finiteText: String {
        let coefficient = digits.isEmpty ? [UInt8(ascii: "0")] : digits.map { $0 + 48 }
        let adjusted = exponent + coefficient.count - 1
        if exponent <= 0, adjusted >= -6 { return Self.plain(coefficient, exponent) }
        var bytes = [coefficient[0]]
        if coefficient.count > 1 { bytes += [UInt8(ascii: ".")] + coefficient[1...] }
        return String(decoding: bytes, as: UTF8.self) + "E" + (adjusted < 0 ? "" : "+") + adjusted.description
    }

    private static func plain(_ coefficient: [UInt8], _ exponent: Int) -> String {
        guard exponent < 0 else { return String(decoding: coefficient, as: UTF8.self) }
        let point = coefficient.count + exponent
        guard point <= 0 else {
            return String(decoding: coefficient[..<point] + [UInt8(ascii: ".")] + coefficient[point...], as: UTF8.self)
        }
        return "0." + String(repeating: "0", count: -point) + String(decoding: coefficient, as: UTF8.self)
    }
}
