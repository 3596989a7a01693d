/// One setting an application knows: its key, what its text must look like, its default and a line about it.
///
/// Every room and every application lists its settings as values of this type; a key that nobody listed is refused
/// when the settings are loaded.
public struct Setting: Sendable, Hashable {
    /// What the text of a setting must look like.
    public enum Kind: Sendable, Hashable {
        case text
        case flag
        case count(ClosedRange<Int>)
        /// `500ms`, `30s`, `2m`, `1h`.
        case duration
        /// `512`, `64KB`, `256MB`, `1GB` (powers of 1,024).
        case size
        /// Octal permission bits such as `0660`.
        case fileMode
        case choice([String])
        /// Several texts: a YAML list, or one text with commas.
        case list
    }

    /// Dotted name, as in the settings file: `pool.request_timeout`.
    public let key: String
    public let kind: Kind
    /// The text that applies when nobody sets it; `nil` when the setting may be absent.
    public let standard: String?
    /// One line for `settings show` and the documentation.
    public let summary: String
    /// A secret is never printed.
    public let isSecret: Bool

    public init(_ key: String, _ kind: Kind, _ standard: String?, _ summary: String, secret: Bool = false) {
        self.key = key
        self.kind = kind
        self.standard = standard
        self.summary = summary
        self.isSecret = secret
    }

    /// The environment variable that sets this: `pool.request_timeout` → `POOL_REQUEST_TIMEOUT`.
    public var environmentName: String {
        String(decoding: key.utf8.map { $0 == UInt8(ascii: ".") ? UInt8(ascii: "_") : $0.uppercasedASCII }, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var uppercasedASCII: UInt8 { (97...122).contains(self) ? self - 32 : self }
}
