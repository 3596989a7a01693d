/// `Content-Disposition` for downloads, with file names that no client misreads (RFC 6266, RFC 8187).
public enum ContentDisposition {
    /// The header's value for a file name.
    ///
    /// A name of plain ASCII goes as it is; any other goes twice, as near to ASCII as it comes and whole in UTF-8.
    /// Folders and control bytes are left out.
    /// - Parameters:
    ///   - filename: how the client should name the file
    ///   - isAttachment: true saves the file, false shows it
    public static func value(_ filename: String, isAttachment: Bool = true) -> String {
        let kind = isAttachment ? "attachment" : "inline"
        let name = clean(filename)
        if name.isEmpty { return kind }
        if name.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return "\(kind); filename=\(quoted(Array(name.utf8)))" }
        var encoded: [UInt8] = []
        PercentCoding.append(name, alsoAllowed: "!#$&+^`|", to: &encoded)
        let plain = Decomposition.ascii(of: name)
        return "\(kind); filename=\(quoted(plain)); filename*=UTF-8''\(String(decoding: encoded, as: UTF8.self))"
    }

    /// What stands behind the last slash or backslash, without control bytes.
    private static func clean(_ filename: String) -> String {
        let last = filename.utf8.split { $0 == ASCII.slash || $0 == ASCII.backslash }.last ?? filename.utf8[...]
        return String(decoding: last.filter { $0 >= 0x20 && $0 != 0x7F }, as: UTF8.self)
    }

    private static func quoted(_ name: [UInt8]) -> String {
        if !name.isEmpty, name.allSatisfy(ASCII.isToken) { return String(decoding: name, as: UTF8.self) }
        var bytes: [UInt8] = [ASCII.quote]
        for byte in name {
            if byte == ASCII.quote || byte == ASCII.backslash { bytes.append(ASCII.backslash) }
            bytes.append(byte)
        }
        bytes.append(ASCII.quote)
        return String(decoding: bytes, as: UTF8.self)
    }
}
