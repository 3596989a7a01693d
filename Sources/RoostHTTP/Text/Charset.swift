/// The few charsets that forms and headers may still name. Everything else is UTF-8.
enum Charset {
    static func isKnown(_ name: String) -> Bool {
        switch name {
        case "utf-8", "ascii", "us-ascii", "iso-8859-1": true
        default: false
        }
    }

    /// The text of bytes; what is invalid is replaced.
    static func text(_ bytes: [UInt8], _ charset: String) -> String {
        switch charset {
        case "iso-8859-1":
            String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        case "ascii", "us-ascii":
            String(String.UnicodeScalarView(bytes.map { $0 < 0x80 ? Unicode.Scalar($0) : "\u{FFFD}" }))
        default: String(decoding: bytes, as: UTF8.self)
        }
    }
}
