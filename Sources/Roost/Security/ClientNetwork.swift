internal import Glibc

/// What of a client's address tells it from others.
enum ClientNetwork {
    /// An IPv4 address as it is, of an IPv6 address the first 64 bits.
    static func text(_ address: String) -> String {
        var bytes = in6_addr()
        guard inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
        let network = withUnsafeBytes(of: bytes) { Array($0) }
        // An IPv4 address in IPv6 clothes keeps all its bits.
        let isMapped = network[..<10].allSatisfy { $0 == 0 } && network[10] == 0xFF && network[11] == 0xFF
        return network[..<(isMapped ? 16 : 8)].map { String($0, radix: 16) }.joined(separator: ":")
    }
}
