import Glibc

/// An IP address as its bytes: 4 of them, or 16.
struct IPAddress: Equatable {
    let bytes: [UInt8]

    /// Reads `192.0.2.1`, `2001:db8::1`, and both with a port as proxies write them (`192.0.2.1:80`, `[::1]:80`).
    init?(_ text: String) {
        var text = String(decoding: text.utf8.trimmed(), as: UTF8.self)
        if text.utf8.first == UInt8(ascii: "["), let end = text.utf8.firstIndex(of: UInt8(ascii: "]")) {
            text = String(text[text.utf8.index(after: text.startIndex)..<end])
        } else if text.utf8.count(where: { $0 == ASCII.colon }) == 1 {
            text = String(text.prefix { $0 != ":" })
        }
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            let all = withUnsafeBytes(of: &six) { Array($0) }
            // An IPv4 address in IPv6's clothes is the IPv4 address.
            let mapped = all[..<10].allSatisfy { $0 == 0 } && all[10] == 0xFF && all[11] == 0xFF
            bytes = mapped ? Array(all[12...]) : all
        } else {
            return nil
        }
    }

    /// As text again, without port and brackets.
    var text: String {
        var buffer = [CChar](repeating: 0, count: 64)
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard bytes.withUnsafeBytes({ inet_ntop(family, $0.baseAddress, &buffer, 64) }) != nil else { return "" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// A range of IP addresses in CIDR form: `10.0.0.0/8`, `2001:db8::/32`, or one address alone.
public struct AddressRange: Sendable, Equatable {
    private let bytes: [UInt8]
    private let bits: Int

    /// Nil when the text is neither an address nor a range. `*` and `0.0.0.0/0` differ: there is no star.
    public init?(_ text: String) {
        let sides = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(String(sides[0])) else { return nil }
        bytes = address.bytes
        let all = bytes.count * 8
        guard sides.count == 2 else {
            bits = all
            return
        }
        guard let bits = Int(sides[1]), (0...all).contains(bits) else { return nil }
        self.bits = bits
    }

    /// Whether an address lies in the range; false for a text that is none.
    public func contains(_ address: String) -> Bool { IPAddress(address).map(contains) ?? false }

    func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == bytes.count else { return false }
        for (index, byte) in bytes.enumerated() {
            let left = bits - index * 8
            if left <= 0 { return true }
            let mask = left >= 8 ? 0xFF : ~UInt8(0xFF >> left)
            if byte & mask != address.bytes[index] & mask { return false }
        }
        return true
    }
}
