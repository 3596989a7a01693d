import Glibc

/// TCP listeners by numeric address. Names are not looked up: the master never touches a resolver.
enum TCPSocket {
    static func bind(_ host: String, _ port: UInt16) throws -> Int32 {
        let host = host == "localhost" ? "127.0.0.1" : host == "*" ? "0.0.0.0" : host
        var v4 = sockaddr_in()
        if inet_pton(AF_INET, host, &v4.sin_addr) == 1 {
            v4.sin_family = sa_family_t(AF_INET)
            v4.sin_port = port.bigEndian
            return try bind(AF_INET, "\(host):\(port)", v4)
        }
        var v6 = sockaddr_in6()
        guard inet_pton(AF_INET6, host, &v6.sin6_addr) == 1 else {
            throw SettingsError("listen", "\"\(host)\" is not a numeric address, localhost or *")
        }
        v6.sin6_family = sa_family_t(AF_INET6)
        v6.sin6_port = port.bigEndian
        return try bind(AF_INET6, "[\(host)]:\(port)", v6)
    }

    private static func bind<Address>(_ family: Int32, _ name: String, _ address: Address) throws -> Int32 {
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SystemError("socket for \(name)") }
        var on: Int32 = 1
        // Only past TIME_WAIT: a second live listener on the same port is still refused.
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        let bound = withUnsafeBytes(of: address) { bytes -> Int32 in
            guard let base = bytes.baseAddress else { return -1 }
            return Glibc.bind(descriptor, base.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
        guard bound == 0 else {
            let code = errno
            close(descriptor)
            throw SystemError("bind \(name)", code: code)
        }
        return descriptor
    }
}
