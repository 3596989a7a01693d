/// The parts of an address as Python's `urllib.parse.urlsplit` cuts them.
struct URLParts {
    let scheme: String
    /// The host in lower case, without brackets; empty when there is none.
    let host: String
    let hasUserInfo: Bool
    /// Whether the port is missing or from 0 to 65535.
    let hasValidPort: Bool

    /// Nil when the brackets of an IPv6 host do not match.
    init?(_ text: String) {
        var bytes = Array(text.utf8).drop { $0 <= 0x20 }
        // Line feeds and tabs are dropped wherever they stand, as browsers do.
        bytes = Array(bytes.filter { $0 != 9 && $0 != 10 && $0 != 13 })[...]
        var scheme = ""
        if let colon = bytes.firstIndex(of: UInt8(ascii: ":")), Self.isScheme(bytes[..<colon]) {
            scheme = String(decoding: bytes[..<colon], as: UTF8.self).lowercased()
            bytes = bytes[(colon + 1)...]
        }
        self.scheme = scheme
        var authority: ArraySlice<UInt8> = []
        if bytes.starts(with: "//".utf8) {
            let start = bytes.startIndex + 2
            let end = bytes[start...].firstIndex { "/?#".utf8.contains($0) } ?? bytes.endIndex
            authority = bytes[start..<end]
        }
        guard Self.hasProperBrackets(authority) else { return nil }
        let at = authority.lastIndex(of: UInt8(ascii: "@"))
        let user = at.map { authority[..<$0] } ?? []
        hasUserInfo = at != nil && !user.allSatisfy { $0 == UInt8(ascii: ":") }
        let (host, port) = Self.hostAndPort(at.map { authority[($0 + 1)...] } ?? authority)
        self.host = String(decoding: host, as: UTF8.self).lowercased()
        hasValidPort = Self.isPort(port)
    }

    private static func isScheme(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, (first | 0x20) &- 97 < 26 else { return false }
        return bytes.allSatisfy { ($0 | 0x20) &- 97 < 26 || $0 &- 48 < 10 || "+-.".utf8.contains($0) }
    }

    private static func hasProperBrackets(_ authority: ArraySlice<UInt8>) -> Bool {
        let open = authority.firstIndex(of: UInt8(ascii: "["))
        let close = authority.firstIndex(of: UInt8(ascii: "]"))
        guard let open, let close else { return open == nil && close == nil }
        guard open < close else { return false }
        let host = authority[(open + 1)..<close]
        let after = authority[(close + 1)...]
        let before = authority[..<open]
        guard before.isEmpty || before.last == UInt8(ascii: "@"), after.isEmpty || after.first == UInt8(ascii: ":")
        else {
            return false
        }
        if host.first == UInt8(ascii: "v") { return true }
        return IPAddress.isV6(String(decoding: host, as: UTF8.self))
    }

    private static func hostAndPort(_ bytes: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, ArraySlice<UInt8>?) {
        if bytes.first == UInt8(ascii: "["), let close = bytes.firstIndex(of: UInt8(ascii: "]")) {
            let after = bytes[(close + 1)...]
            return (bytes[(bytes.startIndex + 1)..<close], after.first == UInt8(ascii: ":") ? after.dropFirst() : nil)
        }
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return (bytes, nil) }
        return (bytes[..<colon], bytes[(colon + 1)...])
    }

    private static func isPort(_ bytes: ArraySlice<UInt8>?) -> Bool {
        guard let bytes, !bytes.isEmpty else { return true }
        guard bytes.allSatisfy({ $0 &- 48 < 10 }), bytes.count <= 20 else { return false }
        return (Int(String(decoding: bytes, as: UTF8.self)) ?? .max) <= 65_535
    }
}
