internal import Glibc

/// IP addresses as Python's `ipaddress` reads them.
enum IPAddress {
    /// Four decimal numbers without leading zeros.
    static func isV4(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy(isOctet)
    }

    /// Eight groups, `::`, an IPv4 tail; a scope behind `%` is allowed.
    static func isV6(_ text: String) -> Bool {
        var bytes = Array(text.utf8)
        if let percent = bytes.firstIndex(of: UInt8(ascii: "%")) {
            let scope = bytes[(percent + 1)...]
            guard !scope.isEmpty, !scope.contains(UInt8(ascii: "%")) else { return false }
            bytes = Array(bytes[..<percent])
        }
        guard bytes.allSatisfy({ $0 != 0 && ($0 &- 48 < 10 || ($0 | 0x20) &- 97 < 6 || $0 == 58 || $0 == 46) }) else {
            return false
        }
        // An IPv4 tail is checked here: the C library allows leading zeros in it on some systems.
        if let colon = bytes.lastIndex(of: 58), bytes.contains(46) {
            guard isV4(String(decoding: bytes[(colon + 1)...], as: UTF8.self)) else { return false }
        }
        var address = in6_addr()
        return inet_pton(AF_INET6, String(decoding: bytes, as: UTF8.self), &address) == 1
    }

    private static func isOctet(_ digits: Substring.UTF8View.SubSequence) -> Bool {
        guard (1...3).contains(digits.count), digits.allSatisfy({ $0 &- 48 < 10 }) else { return false }
        guard digits.count == 1 || digits.first != UInt8(ascii: "0") else { return false }
        return digits.reduce(0) { $0 * 10 + Int($1 - 48) } <= 255
    }
}
