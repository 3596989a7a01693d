import Glibc

/// Listening sockets passed by a service manager (LISTEN_PID, LISTEN_FDS, LISTEN_FDNAMES).
enum SocketActivation {
    private static let firstDescriptor: Int32 = 3

    /// The descriptor passed under this name, close-on-exec. Throws when there is none for this process.
    static func descriptor(named name: String) throws -> Int32 {
        guard let pid = variable("LISTEN_PID").flatMap({ Int32($0) }), pid == getpid() else {
            throw SettingsError("listen", "fd:\(name) was asked for, but no sockets were passed to this process")
        }
        let count = variable("LISTEN_FDS").flatMap { Int($0) } ?? 0
        let names = (variable("LISTEN_FDNAMES") ?? "").split(separator: ":", omittingEmptySubsequences: false)
        guard let index = names.firstIndex(where: { $0 == name }), index < count else {
            let known = names.joined(separator: ", ")
            throw SettingsError("listen", "no socket named \"\(name)\" was passed (passed: \(known))")
        }
        let descriptor = firstDescriptor + Int32(index)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }

    /// Children must not believe that the sockets are theirs.
    static func forget() {
        for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) }
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
