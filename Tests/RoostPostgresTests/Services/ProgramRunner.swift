import Foundation
import Testing

/// Programs that a test starts itself: found on the path or in Debian's folders, and run as the account of the
/// tests' server when the tests run as root, which PostgreSQL and PgBouncer refuse.
enum ProgramRunner {
    static func find(_ name: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders = path.split(separator: ":").map(String.init) + ["/usr/sbin", "/usr/local/sbin"] + postgresFolders
        return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    private static var postgresFolders: [String] {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return versions.sorted { $0.compare($1, options: .numeric) == .orderedDescending }.map { "\(root)/\($0)/bin" }
    }

    /// Words before a command that make it run as an ordinary user.
    static var asOrdinaryUser: [String] {
        guard getuid() == 0 else { return [] }
        return ["/usr/bin/setpriv", "--reuid", "\(account.user)", "--regid", "\(account.group)", "--clear-groups"]
    }

    /// The owner of the folder with the server's socket, which may be closed to others; `postgres` for another server.
    private static var account: (user: uid_t, group: gid_t) {
        var status = stat()
        if let host = try? server().host, stat(host, &status) == 0, status.st_uid != 0 {
            return (status.st_uid, status.st_gid)
        }
        let postgres = getpwnam("postgres")
        return (postgres?.pointee.pw_uid ?? 65_534, postgres?.pointee.pw_gid ?? 65_534)
    }

    /// A new folder that the programs may write into; the caller removes it.
    static func folder() throws -> String {
        // Short: a Unix socket's path holds 107 bytes.
        let path = "/tmp/roost-\(UInt32.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        if getuid() == 0 { chown(path, account.user, account.group) }
        return path
    }

    /// Starts a command. Not Foundation's Process, which waits for every descendant.
    static func start(_ words: [String], log: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // The threads of a test block signals, and a program would inherit that and never hear of its end.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let command = asOrdinaryUser + words
        var arguments = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var pid: pid_t = 0
        try #require(posix_spawn(&pid, command[0], &actions, &attributes, &arguments, environ) == 0)
        return pid
    }

    /// Runs a command to its end.
    static func run(_ words: [String], log: String) throws {
        let pid = try start(words, log: log)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        try #require(status == 0, "\(words[0]) failed: \(said.suffix(400))")
    }

    static func stop(_ pid: pid_t, signal: Int32 = SIGINT) {
        kill(pid, signal)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    }

    /// The parameters of the tests' server that another program needs to reach it.
    static func server() throws -> (host: String, port: String, user: String, database: String) {
        let url = try #require(TestDatabase.url)
        let parts = try #require(URLComponents(string: url))
        func parameter(_ name: String) -> String? { parts.queryItems?.first { $0.name == name }?.value }
        let host = parts.host.flatMap { $0.isEmpty ? nil : $0 } ?? parameter("host") ?? "localhost"
        let port = parts.port.map(String.init) ?? parameter("port") ?? "5432"
        let database = parts.path.count > 1 ? String(parts.path.dropFirst()) : "postgres"
        return (host, port, parts.user ?? parameter("user") ?? "postgres", database)
    }

    /// A port that was free a moment ago.
    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let ok = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        try #require(ok)
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
