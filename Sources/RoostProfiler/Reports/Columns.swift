/// Numbers and columns of plain text.
enum Column {
    /// Nanoseconds as milliseconds.
    static func milliseconds(_ nanoseconds: Int64, digits: Int = 1) -> String {
        fixed(Double(nanoseconds) / 1e6, digits)
    }

    static func percent(_ part: Int64, of whole: Int64) -> String {
        whole == 0 ? "0.0" : fixed(100 * Double(part) / Double(whole), 1)
    }

    /// A change with its sign.
    static func change(_ nanoseconds: Int64) -> String {
        (nanoseconds > 0 ? "+" : "") + milliseconds(nanoseconds)
    }

    static func fixed(_ number: Double, _ digits: Int) -> String {
        guard number.isFinite, number.magnitude < 1e15 else { return "\(number)" }
        var factor = 1.0
        for _ in 0..<digits { factor *= 10 }
        let scaled = Int((number.magnitude * factor).rounded())
        let sign = number < 0 && scaled > 0 ? "-" : ""
        guard digits > 0 else { return sign + "\(scaled)" }
        let rest = "\(scaled % Int(factor))"
        return sign + "\(scaled / Int(factor))." + String(repeating: "0", count: digits - rest.utf8.count) + rest
    }

    static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.unicodeScalars.count)) + text
    }

    static func left(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.unicodeScalars.count))
    }
}
