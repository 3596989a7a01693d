/// E-mail addresses, by the two rules that WTForms has had.
public enum EmailAddress {
    /// Which addresses are accepted.
    public enum Rule: Sendable {
        /// What can be delivered to from anywhere, as the `email-validator` library checks it (WTForms 3): a dot-atom
        /// of RFC 5322 (beyond ASCII by RFC 6531), a host name with a dot in it that ends in a letter and is not
        /// reserved.
        case deliverable
        /// A host name behind the last part's `@`, anything without blanks and control characters before it (WTForms
        /// 2).
        case host
    }

    /// Whether a text is an address.
    public static func isValid(_ text: String, _ rule: Rule = .deliverable) -> Bool {
        switch rule {
        case .deliverable: isDeliverable(text)
        case .host: hasHost(text)
        }
    }

    private static func hasHost(_ text: String) -> Bool {
        guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")), at > text.startIndex else { return false }
        let (local, host) = (text[..<at], text[text.utf8.index(after: at)...])
        guard !host.isEmpty, host.utf8.first != UInt8(ascii: ".") else { return false }
        guard local.unicodeScalars.allSatisfy({ !NumberText.isSpace($0) && $0.properties.generalCategory != .control })
        else { return false }
        return Hostname.isValid(String(host))
    }

    private static func isDeliverable(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let at = bytes.firstIndex(of: UInt8(ascii: "@")) else { return false }
        let (local, host) = (text[..<at], text[bytes.index(after: at)...])
        guard bytes.count <= 1024, isLocalPart(local), let domain = domain(String(host)) else { return false }
        return local.utf8.count + 1 + domain.utf8.count <= 254 && bytes.count <= 254
    }

    private static func isLocalPart(_ text: Substring) -> Bool {
        let atoms = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard atoms.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isAtomByte) }) else { return false }
        return text.unicodeScalars.allSatisfy { $0.isASCII || isSafe($0) }
            && text.unicodeScalars.first.map(isMark) != true
    }

    private static func isAtomByte(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || "_!#$%&'*+-/=?^`{|}~".utf8.contains(byte)
    }

    /// Letters, digits, marks, punctuation and symbols; no blanks, nothing that changes how text is drawn.
    private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .format, .surrogate, .privateUse,
            .unassigned:
            false
        default: true
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    /// The ASCII form of a domain; nil when it is none that mail can go to.
    private static func domain(_ text: String) -> String? {
        guard text.unicodeScalars.count <= 253, let host = Punycode.host(text)?.lowercased(), host.utf8.count <= 253
        else { return nil }
        let labels = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(Array.init)
        guard labels.count >= 2, labels.allSatisfy(isLabel), let last = host.utf8.last, last &- 97 < 26 else {
            return nil
        }
        return reserved.contains { host == $0 || host.hasSuffix("." + $0) } ? nil : host
    }

    private static func isLabel(_ label: [UInt8]) -> Bool {
        let dash = UInt8(ascii: "-")
        guard (1...63).contains(label.count), label.first != dash, label.last != dash else { return false }
        guard label.allSatisfy({ ($0 | 0x20) &- 97 < 26 || $0 &- 48 < 10 || $0 == dash }) else { return false }
        // Two hyphens in the third and fourth place are kept for international names (RFC 5890).
        let isTagged = label.count >= 4 && label[2] == dash && label[3] == dash
        return !isTagged || label.starts(with: "xn".utf8) && label.count > 4
    }

    /// Names that never are on the public net (RFC 6761, 6762, 7686).
    private static let reserved = ["arpa", "invalid", "local", "localhost", "onion", "test"]
}
