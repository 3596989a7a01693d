internal import RoostMarkup

/// Finds web and mail addresses in escaped text and makes them links, by Jinja's rules.
struct Urlizer {
    private let limit: Int?
    private let attributes: String
    private let schemes: [String]

    init(limit: Int?, relation: String, target: String?, schemes: [String]) {
        self.limit = limit
        self.schemes = schemes
        let rel = relation.isEmpty ? "" : " rel=\"\(HTMLEscape.escaped(relation))\""
        attributes = rel + (target.map { " target=\"\(HTMLEscape.escaped($0))\"" } ?? "")
    }

    /// `name:` or `name://`, as the policy for further schemes asks.
    static func isScheme(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":") else { return false }
        let name = text[..<colon]
        let rest = text[colon...]
        return name.utf8.count >= 2 && name.utf8.allSatisfy { isWordByte($0) || [0x2E, 0x2B, 0x2D].contains($0) }
            && (rest == ":" || rest == ":/" || rest == "://")
    }

    func linked(_ text: String) -> String {
        var result = ""
        var word = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.isPythonSpace {
                result += linkedWord(String(word))
                word = String.UnicodeScalarView()
                result.unicodeScalars.append(scalar)
            } else {
                word.append(scalar)
            }
        }
        return result + linkedWord(String(word))
    }

    private func linkedWord(_ word: String) -> String {
        guard !word.isEmpty else { return "" }
        var middle = word
        var head = ""
        while let part = ["(", "<", "&lt;"].first(where: { middle.hasPrefix($0) }) {
            head += part
            middle.removeFirst(part.count)
        }
        var tail = ""
        while let part = [")", ">", ".", ",", "&gt;"].first(where: { middle.hasSuffix($0) }) {
            tail = part + tail
            middle.removeLast(part.count)
        }
        balance(&middle, &tail)
        return head + link(middle) + tail
    }

    /// Brackets that open inside an address keep their closing ones.
    private func balance(_ middle: inout String, _ tail: inout String) {
        for (open, close) in [("(", ")"), ("<", ">"), ("&lt;", "&gt;")] {
            let missing = middle.occurrences(of: open) - middle.occurrences(of: close)
            guard missing > 0 else { continue }
            for _ in 0..<min(middle.occurrences(of: open), tail.occurrences(of: close)) {
                guard let range = tail.firstByteRange(of: close) else { break }
                middle += tail.bytes(0..<range.upperBound)
                tail = tail.bytes(range.upperBound..<tail.utf8.count)
            }
        }
    }

    private func link(_ text: String) -> String {
        if WebAddress.matches(text) {
            let hasScheme = text.hasPrefix("https://") || text.hasPrefix("http://")
            return "<a href=\"\(hasScheme ? "" : "https://")\(text)\"\(attributes)>\(shortened(text))</a>"
        }
        if text.hasPrefix("mailto:"), isMail(text.dropFirst(7)) {
            return "<a href=\"\(text)\">\(text.dropFirst(7))</a>"
        }
        if text.contains("@"), !text.hasPrefix("www."), !text.contains(":"), isMail(text[...]) {
            return "<a href=\"mailto:\(text)\">\(text)</a>"
        }
        return schemes.reduce(text) { text, scheme in
            text != scheme && text.hasPrefix(scheme) ? "<a href=\"\(text)\"\(attributes)>\(text)</a>" : text
        }
    }

    private func shortened(_ text: String) -> String {
        guard let limit, text.unicodeScalars.count > limit else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(max(0, limit)))) + "..."
    }

    private func isMail(_ text: Substring) -> Bool {
        guard let at = text.lastIndex(of: "@"), at > text.startIndex else { return false }
        let labels = text[text.index(after: at)...].split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1, let first = labels.first, let last = labels.last, !last.isEmpty else { return false }
        let isFirstFine = first.unicodeScalars.first?.isWordScalar ?? false
        return isFirstFine && last.unicodeScalars.allSatisfy(\.isWordScalar)
            && labels.allSatisfy { $0.unicodeScalars.allSatisfy { $0.isWordScalar || $0 == "-" } }
    }
}

private func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == 0x5F
}

/// Jinja's pattern for what is an address: a scheme or `www.` with a domain, a domain under a well-known top level, an
/// IP address behind a scheme.
private enum WebAddress {
    private static let topLevels: Set<String> = ["com", "net", "int", "edu", "gov", "org", "info", "mil"]

    static func matches(_ text: String) -> Bool {
        let lowered = text.lowercased()
        for scheme in ["https://", "http://"] where lowered.hasPrefix(scheme) {
            let host = host(of: lowered.dropFirst(scheme.utf8.count))
            return isDomain(host) || isVersion4(host) || isVersion6(host)
        }
        if lowered.hasPrefix("www."), isDomain(host(of: lowered.dropFirst(4))) { return true }
        let labels = host(of: lowered[...]).split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1, let last = labels.last else { return false }
        return topLevels.contains(String(last))
            && labels.dropLast().allSatisfy { (2...63).contains($0.unicodeScalars.count) && isLabel($0) }
    }

    /// What stands before the path, without a port.
    private static func host(of text: Substring) -> Substring {
        let isBracketed = text.first == "["
        let end = text.firstIndex { "/?#".contains($0) } ?? text.endIndex
        let host = text[..<end]
        guard let colon = host.lastIndex(of: ":"), !isBracketed || host.contains("]:") else { return host }
        let port = host[host.index(after: colon)...].utf8
        return (1...5).contains(port.count) && port.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? host[..<colon] : host
    }

    private static func isLabel(_ label: Substring) -> Bool {
        !label.isEmpty && label.unicodeScalars.allSatisfy { $0.isWordScalar || $0 == "-" || $0 == "%" }
    }

    private static func isDomain(_ host: Substring) -> Bool {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard let last = labels.last, labels.dropLast().allSatisfy(isLabel) else { return false }
        let count = last.utf8.count
        if last.hasPrefix("xn--"), (6...63).contains(count) { return isLabel(last) && !last.dropFirst(4).contains("-") }
        return (2...63).contains(count) && last.utf8.allSatisfy { $0 >= 0x61 && $0 <= 0x7A }
    }

    private static func isVersion4(_ host: Substring) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { (1...3).contains($0.utf8.count) && $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
    }

    private static func isVersion6(_ host: Substring) -> Bool {
        guard host.first == "[", host.last == "]" else { return false }
        let parts = host.dropFirst().dropLast().split(separator: ":", omittingEmptySubsequences: false)
        return (3...9).contains(parts.count)
            && parts.allSatisfy { $0.utf8.count <= 4 && $0.allSatisfy(\.isHexDigit) }
    }
}

extension Unicode.Scalar {
    /// What `\w` matches in Python.
    var isWordScalar: Bool {
        if value < 0x80 { return isWordByte(UInt8(value)) }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            return true
        default: return properties.numericType != nil
        }
    }
}

extension String {
    /// How often `part` occurs, without overlaps.
    func occurrences(of part: String) -> Int {
        guard !part.isEmpty else { return unicodeScalars.count + 1 }
        var count = 0
        var position = 0
        while let range = firstByteRange(of: part, from: position) {
            count += 1
            position = range.upperBound
        }
        return count
    }
}
