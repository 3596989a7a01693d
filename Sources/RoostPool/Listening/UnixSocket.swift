import Glibc

/// Unix stream sockets by path.
enum UnixSocket {
    struct Refusal: Error, CustomStringConvertible { let description: String }

    /// Binds a new socket at the path. A stale socket is removed; one that somebody listens on is refused untouched.
    static func bind(_ path: String, mode: UInt32, group: String?, _ report: (PoolEvent) -> Void) throws -> Int32 {
        try clearStale(path, report)
        let descriptor = try make()
        // Nobody can connect before listen(), so permissions set after bind() leave no gap.
        guard withAddress(path, { Glibc.bind(descriptor, $0, $1) }) == 0 else {
            let code = errno
            close(descriptor)
            throw SystemError("bind unix:\(path)", code: code)
        }
        do {
            try permit(path, mode, group)
        } catch {
            close(descriptor)
            unlink(path)
            throw error
        }
        return descriptor
    }

    /// A connected descriptor, or nil with `errno` set.
    static func connect(_ path: String, nonBlocking: Bool = false) throws -> Int32? {
        let descriptor = try make(nonBlocking ? Int32(SOCK_NONBLOCK.rawValue) : 0)
        if withAddress(path, { Glibc.connect(descriptor, $0, $1) }) == 0 { return descriptor }
        let code = errno
        close(descriptor)
        errno = code
        return nil
    }

    static func inode(_ path: String) -> UInt64? {
        var status = stat()
        return lstat(path, &status) == 0 ? UInt64(status.st_ino) : nil
    }

    private static func make(_ flags: Int32 = 0) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | flags, 0)
        guard descriptor >= 0 else { throw SystemError("socket") }
        return descriptor
    }

    private static func clearStale(_ path: String, _ report: (PoolEvent) -> Void) throws {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw Refusal(description: "\(path) exists and is not a socket; it was left alone")
        }
        if let descriptor = try connect(path, nonBlocking: true) {
            close(descriptor)
            throw Refusal(description: "another process is listening on unix:\(path); stop it first")
        }
        switch errno {
        case ECONNREFUSED, ENOENT:
            unlink(path)
            report(.staleSocketRemoved(path: path))
        case EAGAIN:
            throw Refusal(description: "another process is listening on unix:\(path), and its queue is full")
        default:
            throw SystemError("connect to the socket found at unix:\(path)")
        }
    }

    private static func permit(_ path: String, _ mode: UInt32, _ group: String?) throws {
        if let group {
            let id = try Identity.groupID(group)
            guard chown(path, uid_t.max, id) == 0 else { throw SystemError("chown of unix:\(path) to group \(group)") }
        }
        guard chmod(path, mode) == 0 else { throw SystemError("chmod of unix:\(path)") }
    }

    private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
