/// A repeat that is known and accepted, with the reason: `endpoint main.feed: ten at most by design`.
public struct IgnoredRepeat: Sendable, Hashable {
    /// What is left alone.
    public enum Subject: Sendable, Hashable {
        /// Every repeat in the requests of an endpoint.
        case endpoint(String)
        /// One statement wherever it runs, by the 16 digits of its fingerprint.
        case fingerprint(String)
    }

    public let subject: Subject
    /// Why, for whoever reads the settings next.
    public let reason: String

    public init(_ subject: Subject, reason: String) {
        self.subject = subject
        self.reason = reason
    }

    /// Reads a setting's text; nil when it has another form, or no reason.
    public init?(_ text: String) {
        let words = text.utf8.drop { $0 == 0x20 }
        guard let blank = words.firstIndex(of: 0x20), let colon = words[blank...].firstIndex(of: UInt8(ascii: ":"))
        else {
            return nil
        }
        let name = Self.trimmed(words[blank..<colon])
        let reason = Self.trimmed(words[words.index(after: colon)...])
        guard !name.isEmpty, !reason.isEmpty else { return nil }
        switch String(decoding: words[..<blank], as: UTF8.self) {
        case "endpoint": subject = .endpoint(name)
        case "fingerprint" where name.utf8.count == 16: subject = .fingerprint(name)
        default: return nil
        }
        self.reason = reason
    }

    private static func trimmed(_ bytes: Substring.UTF8View) -> String {
        var bytes = bytes.drop { $0 == 0x20 }
        while bytes.last == 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
