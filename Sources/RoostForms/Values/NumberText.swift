/// Reading numbers as Python's `int` and `float` do: blanks around them, underscores between digits, digits of any
/// script.
enum NumberText {
    /// The bytes without white space at both ends, with decimal digits of other scripts as ASCII ones.
    static func trimmed(_ text: String) -> [UInt8] {
        var scalars = Substring(text).unicodeScalars
        while let first = scalars.first, isSpace(first) { scalars.removeFirst() }
        while let last = scalars.last, isSpace(last) { scalars.removeLast() }
        var bytes: [UInt8] = []
        for scalar in scalars {
            if !scalar.isASCII, scalar.properties.generalCategory == .decimalNumber,
                let value = scalar.properties.numericValue
            {
                bytes.append(UInt8(value) + 48)
            } else {
                bytes += Array(String(Character(scalar)).utf8)
            }
        }
        return bytes
    }

    /// White space as Python's `str.isspace` has it: Unicode's, and the four separators of ASCII.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    }

    /// Whether nothing but white space is in a text.
    static func isBlank(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(isSpace) }

    /// A whole number in decimal digits; nil when the text is none, or one that does not fit 64 bits.
    static func integer(_ text: String) -> Int? {
        guard let bytes = withoutUnderscores(trimmed(text)) else { return nil }
        let digits = bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") ? bytes[1...] : bytes[...]
        guard !digits.isEmpty, digits.allSatisfy({ $0 &- 48 < 10 }) else { return nil }
        return Int(String(decoding: bytes, as: UTF8.self))
    }

    /// A floating-point number; `inf`, `infinity` and `nan` are some, hexadecimal digits are not.
    static func float(_ text: String) -> Double? {
        guard let bytes = withoutUnderscores(trimmed(text)), !bytes.isEmpty else { return nil }
        let word = String(decoding: bytes, as: UTF8.self)
        let unsigned = bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") ? bytes[1...] : bytes[...]
        switch String(decoding: unsigned, as: UTF8.self).lowercased() {
        case "inf", "infinity": return bytes[0] == UInt8(ascii: "-") ? -.infinity : .infinity
        case "nan": return .nan
        default: break
        }
        let plain = unsigned.allSatisfy { $0 &- 48 < 10 || ".+-eE".utf8.contains($0) }
        return plain ? Double(word) : nil
    }

    /// The digits of an exponent behind its `e`; limited, so that no number can ask for endless memory.
    static func exponent(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let power = Int(String(decoding: bytes, as: UTF8.self)), power.magnitude <= 999_999 else { return nil }
        return power
    }

    /// Takes the underscores out; nil when one does not stand between two digits.
    private static func withoutUnderscores(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.contains(UInt8(ascii: "_")) else { return bytes }
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "_") {
            guard index > 0, index + 1 < bytes.count, bytes[index - 1] &- 48 < 10, bytes[index + 1] &- 48 < 10 else {
                return nil
            }
        }
        return bytes.filter { $0 != UInt8(ascii: "_") }
    }
}
