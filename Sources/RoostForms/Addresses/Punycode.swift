/// Names of hosts in their ASCII form: RFC 3492 over labels that are lower-cased and composed first.
enum Punycode {
    /// The host with each international label as `xn--…`; nil when a label holds what no host name may hold.
    ///
    /// Beyond ASCII, letters and marks are allowed; with `symbols` also digits and signs, as IDNA 2003 did. The full
    /// tables of IDNA 2008 are not consulted, so a few characters that registries refuse pass.
    static func host(_ text: String, symbols: Bool = false) -> String? {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        let dots: Set<Unicode.Scalar> = [".", "\u{3002}", "\u{FF0E}", "\u{FF61}"]
        var labels: [String] = []
        for label in text.unicodeScalars.split(omittingEmptySubsequences: false, whereSeparator: dots.contains) {
            guard let ascii = self.label(String(String.UnicodeScalarView(label)), symbols) else { return nil }
            labels.append(ascii)
        }
        return labels.joined(separator: ".")
    }

    private static func label(_ text: String, _ symbols: Bool) -> String? {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        let scalars = Array(text.lowercased().unicodeScalars)
        guard scalars.allSatisfy({ isAllowed($0, symbols) }), let digits = encode(scalars) else { return nil }
        return "xn--" + digits
    }

    private static func isAllowed(_ scalar: Unicode.Scalar, _ symbols: Bool) -> Bool {
        if scalar.isASCII { return scalar == "-" || ScalarSet.isWord(scalar) && (symbols || scalar != "_") }
        switch scalar.properties.generalCategory {
        case .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark: return true
        case .decimalNumber, .otherSymbol, .mathSymbol: return symbols
        default: return false
        }
    }

    /// The digits of a label: its ASCII part, a hyphen, and the differences that put the others in. Nil above 63 bytes.
    private static func encode(_ scalars: [Unicode.Scalar]) -> String? {
        var output = scalars.filter(\.isASCII).map { UInt8($0.value) }
        let basic = output.count
        var (handled, next, delta, bias) = (basic, 128, 0, 72)
        if basic > 0 { output.append(UInt8(ascii: "-")) }
        while handled < scalars.count {
            guard output.count <= 63, let least = scalars.lazy.map({ Int($0.value) }).filter({ $0 >= next }).min()
            else {
                return nil
            }
            delta += (least - next) * (handled + 1)
            next = least
            for scalar in scalars {
                if Int(scalar.value) < next { delta += 1 }
                guard Int(scalar.value) == next else { continue }
                append(delta, bias: bias, to: &output)
                bias = adapt(delta, count: handled + 1, isFirst: handled == basic)
                delta = 0
                handled += 1
            }
            delta += 1
            next += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func append(_ delta: Int, bias: Int, to output: inout [UInt8]) {
        var rest = delta
        var step = 36
        while true {
            let threshold = step <= bias ? 1 : step >= bias + 26 ? 26 : step - bias
            if rest < threshold { break }
            output.append(digit(threshold + (rest - threshold) % (36 - threshold)))
            rest = (rest - threshold) / (36 - threshold)
            step += 36
        }
        output.append(digit(rest))
    }

    private static func digit(_ value: Int) -> UInt8 { UInt8(value < 26 ? value + 97 : value + 22) }

    private static func adapt(_ delta: Int, count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var step = 0
        while delta > 455 {
            delta /= 35
            step += 36
        }
        return step + 36 * delta / (delta + 38)
    }
}
