extension Validator {
    /// The text matches a pattern, at its start unless said otherwise. No text is an empty text.
    /// - Parameter htmlPattern: what browsers check the element with; it means the entire text.
    public static func regexp(
        _ pattern: Pattern, _ message: String? = nil, anchor: Pattern.Anchor = .start, htmlPattern: String? = nil
    ) -> Validator {
        var flags: HTMLAttributes = [:]
        if let htmlPattern { flags["pattern"] = .text(htmlPattern) }
        return Validator(flags: flags) { _, field in
            if pattern.matches(field.data.text ?? "", anchor) { return }
            throw ValidationError(message ?? field.translate("Invalid input."))
        }
    }

    /// An e-mail address that mail can be sent to, judged by its form alone.
    public static func email(_ message: String? = nil, rule: EmailAddress.Rule = .deliverable) -> Validator {
        text(message, "Invalid email address.") { EmailAddress.isValid($0, rule) }
    }

    /// An IP address.
    public static func ipAddress(v4: Bool = true, v6: Bool = false, _ message: String? = nil) -> Validator {
        text(message, "Invalid IP address.") { (v4 && IPAddress.isV4($0)) || (v6 && IPAddress.isV6($0)) }
    }

    /// A hardware address such as `01:23:45:67:ab:CD`. A line feed behind it passes, as in WTForms.
    public static func macAddress(_ message: String? = nil) -> Validator {
        text(message, "Invalid Mac address.") { text in
            let bytes = Array(text.utf8)
            let core = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
            guard core.count == 17 else { return false }
            return core.enumerated().allSatisfy { index, byte in
                index % 3 == 2 ? byte == UInt8(ascii: ":") : byte &- 48 < 10 || (byte | 0x20) &- 97 < 6
            }
        }
    }

    /// A UUID in any of the forms that Python's `uuid.UUID` reads: with hyphens or without, in braces, as an URN.
    public static func uuid(_ message: String? = nil) -> Validator {
        text(message, "Invalid UUID.") { text in
            var digits = text.replacing("urn:", with: "").replacing("uuid:", with: "")
            digits = String(digits.drop { $0 == "{" || $0 == "}" })
            while let last = digits.last, last == "{" || last == "}" { digits.removeLast() }
            let bytes = digits.utf8.filter { $0 != UInt8(ascii: "-") }
            return bytes.count == 32 && bytes.allSatisfy { $0 &- 48 < 10 || ($0 | 0x20) &- 97 < 6 }
        }
    }

    /// An absolute address on the web.
    /// - Parameters:
    ///   - requiresTLD: whether the host must have a dot and end like a domain; false allows `localhost`.
    ///   - allowsIP: whether the host may be an IP address.
    ///   - allowsUserInfo: whether `name:password@` may stand before the host; readers are deceived with it.
    ///   - schemes: nil allows all, `javascript:` too.
    public static func url(
        _ message: String? = nil, requiresTLD: Bool = true, allowsIP: Bool = true, allowsUserInfo: Bool = false,
        schemes: [String]? = ["http", "https"]
    ) -> Validator {
        text(message, "Invalid URL.") { text in
            guard let parts = URLParts(text), !parts.scheme.isEmpty, !parts.host.isEmpty else { return false }
            guard schemes?.contains(parts.scheme) ?? true, allowsUserInfo || !parts.hasUserInfo else { return false }
            return parts.hasValidPort
                && Hostname.isValid(parts.host, requiresTLD: requiresTLD, allowsIP: allowsIP)
        }
    }
}
