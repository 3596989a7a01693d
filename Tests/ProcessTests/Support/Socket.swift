import Foundation

/// A blocking stream socket with a time limit on every step. Closed when it is let go.
final class Socket {
    let descriptor: Int32

    /// A connection to nginx.
    init(port: Int, timeout: Double = 20) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        try connectTo(&address, timeout)
    }

    /// A connection to a Unix socket, such as a pool's own.
    init(path: String, timeout: Double = 20) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        try connectTo(&address, timeout)
    }

    deinit { close(descriptor) }

    private func connectTo<Address>(_ address: inout Address, _ timeout: Double) throws {
        var limit = timeval(tv_sec: Int(timeout), tv_usec: Int(timeout * 1e6) % 1_000_000)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
        guard result == 0 else { throw Failure("cannot connect: \(String(cString: strerror(errno)))") }
    }

    /// Sends everything. A peer that has closed is no error: its answer may be there to read.
    func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    /// What arrives until the peer closes.
    func readToEnd() throws -> [UInt8] {
        var all: [UInt8] = []
        while true {
            var piece = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &piece, piece.count, 0)
            if count > 0 {
                all += piece[..<count]
            } else if count == 0 || (errno == ECONNRESET && !all.isEmpty) {
                return all
            } else {
                throw Failure("reading: \(String(cString: strerror(errno))) after \(all.count) bytes")
            }
        }
    }

    /// Whether the peer has closed; waits so long for it.
    func isClosed(within seconds: Double) -> Bool {
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard Foundation.poll(&poll, 1, Int32(seconds * 1000)) > 0 else { return false }
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK)) <= 0
    }
}
