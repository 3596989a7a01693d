/// Numbers as Python writes them in JSON.
enum PythonNumber {
    /// The shortest text that reads back as the same number, in Python's form: `1.5`, `1e+100`, `1e-07`, `-0.0`.
    /// - Parameter number: finite
    static func text(_ number: Double) -> String {
        if number == 0 { return number.sign == .minus ? "-0.0" : "0.0" }
        let (digits, exponent) = decimal(number.magnitude)
        let sign = number < 0 ? "-" : ""
        // Python's repr: a plain form for exponents from -4 to 15.
        guard (-4..<16).contains(exponent) else { return sign + scientific(digits, exponent) }
        return sign + plain(digits, exponent)
    }

    /// The significant digits and the exponent of the first: 1.5 is (15, 0).
    private static func decimal(_ number: Double) -> (digits: [UInt8], exponent: Int) {
        // Swift's description has the same shortest digits in another layout.
        let text = Array(number.description.utf8)
        let mark = text.firstIndex { $0 == UInt8(ascii: "e") } ?? text.endIndex
        let written = mark == text.endIndex ? 0 : Int(String(decoding: text[(mark + 1)...], as: UTF8.self)) ?? 0
        let mantissa = text[..<mark]
        let point = mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mark
        var digits = mantissa.filter { $0 != UInt8(ascii: ".") }
        let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(leading)
        while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (digits, written + point - 1 - leading)
    }

    private static func plain(_ digits: [UInt8], _ exponent: Int) -> String {
        let text = String(decoding: digits, as: UTF8.self)
        if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + text }
        if digits.count <= exponent + 1 {
            return text + String(repeating: "0", count: exponent + 1 - digits.count) + ".0"
        }
        return String(decoding: digits[...exponent], as: UTF8.self) + "."
            + String(decoding: digits[(exponent + 1)...], as: UTF8.self)
    }

    private static func scientific(_ digits: [UInt8], _ exponent: Int) -> String {
        var text = String(decoding: digits[..<1], as: UTF8.self)
        if digits.count > 1 { text += "." + String(decoding: digits[1...], as: UTF8.self) }
        let size = String(exponent.magnitude)
        return text + (exponent < 0 ? "e-" : "e+") + (size.utf8.count < 2 ? "0" : "") + size
    }
}
