/// Names of hosts, by the rule WTForms has for them.
enum Hostname {
    /// Whether a text can be a host: labels of letters, digits, hyphens and underscores, each of 1…63 bytes, 253 in
    /// all.
    /// - Parameters:
    ///   - requiresTLD: whether there must be two labels, the last of 2…20 letters or an `xn--` one.
    ///   - allowsIP: whether an IPv4 or IPv6 address will do.
    static func isValid(_ text: String, requiresTLD: Bool = true, allowsIP: Bool = false) -> Bool {
        if allowsIP, IPAddress.isV4(text) || IPAddress.isV6(text) { return true }
        guard let host = Punycode.host(text, symbols: true), host.utf8.count <= 253 else { return false }
        let labels = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(Array.init)
        guard labels.allSatisfy(isLabel) else { return false }
        return !requiresTLD || (labels.count >= 2 && isTLD(labels[labels.count - 1]))
    }

    /// `(xn-|[a-z0-9_]+)(-[a-z0-9_-]+)?`: no hyphen first, none last.
    private static func isLabel(_ label: [UInt8]) -> Bool {
        guard (1...63).contains(label.count), isWord(label[0]) else { return false }
        guard label.allSatisfy({ isWord($0) || $0 == UInt8(ascii: "-") }) else { return false }
        guard let dash = label.firstIndex(of: UInt8(ascii: "-")) else { return true }
        return dash < label.count - 1 || label.elementsEqual("xn-".utf8)
    }

    private static func isTLD(_ label: [UInt8]) -> Bool {
        if (2...20).contains(label.count), label.allSatisfy({ ($0 | 0x20) &- 97 < 26 }) { return true }
        guard label.count > 4, String(decoding: label[..<4], as: UTF8.self).lowercased() == "xn--" else { return false }
        let parts = label[4...].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { ($0 | 0x20) &- 97 < 26 || $0 &- 48 < 10 } }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || byte == UInt8(ascii: "_")
    }
}
