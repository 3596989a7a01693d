/// The host of a request as routes compare it.
enum RequestHost {
    /// In lower case and without port.
    static func normal(_ host: String) -> String {
        let bytes = host.utf8
        guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")),
            bytes[bytes.index(after: colon)...].allSatisfy({ (48...57).contains($0) })
        else { return lowercased(host) }
        return lowercased(String(host[..<colon]))
    }

    /// Names of variables in a pattern keep their case: only what is outside `<…>` is a host.
    private static func lowercased(_ host: String) -> String {
        var inside = false
        return String(
            decoding: host.utf8.map { byte in
                if byte == UInt8(ascii: "<") { inside = true }
                if byte == UInt8(ascii: ">") { inside = false }
                return !inside && (65...90).contains(byte) ? byte | 0x20 : byte
            }, as: UTF8.self)
    }
}
