import Foundation

/// A database of its own on the test server, dropped at the end.
func withDatabase(_ body: (_ url: String) throws -> Void) throws {
    guard let server = Programs.database else { throw Failure("ROOST_TEST_DATABASE is not set") }
    let name = "roost_\(UUID().uuidString.prefix(8).lowercased())"
    try psql(server, "CREATE DATABASE \(name)")
    defer { _ = try? psql(server, "DROP DATABASE IF EXISTS \(name) WITH (FORCE)") }
    try body(try url(of: name, like: server))
}

/// The URL with another database in it.
private func url(of name: String, like server: String) throws -> String {
    let path = /^(postgres(?:ql)?:\/\/[^\/?]*)(?:\/[^?]*)?/
    guard let match = server.prefixMatch(of: path) else { throw Failure("not a URL: \(server)") }
    return "\(match.1)/\(name)" + server[match.range.upperBound...]
}

@discardableResult
func psql(_ url: String, _ statement: String) throws -> String {
    let arguments = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", statement]
    let answer = try ChildProcess.run(try Programs.system("psql"), arguments)
    guard answer.status == 0 else { throw Failure("\(statement): \(answer.errors)") }
    return answer.output.trimmingCharacters(in: .whitespacesAndNewlines)
}

/// A PostgreSQL server of its own, which a test may stop and start.
final class PrivateCluster {
    private let folder: String
    private var server: ChildProcess?

    init() throws {
        folder = "/tmp/roost-p-pg\(UUID().uuidString.prefix(4).lowercased())"
        guard mkdir(folder, 0o700) == 0 else { throw Failure("cannot make \(folder)") }
        if Programs.isRoot { _ = try ChildProcess.run(try Programs.system("chown"), ["postgres:", folder]) }
        let (path, arguments) = try asOwner(
            "initdb", ["-D", data, "-U", "roost", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])
        let answer = try ChildProcess.run(path, arguments, within: 60)
        guard answer.status == 0 else { throw Failure("initdb: \(answer.errors)") }
        try start()
    }

    var url: String { "postgresql://roost@/postgres?host=\(folder)&port=5432" }
    private var data: String { "\(folder)/data" }

    /// Starts the server and waits until it answers.
    func start() throws {
        let options = ["-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "port=5432", "-c", "fsync=off"]
        let (path, arguments) = try asOwner("postgres", options)
        server = try ChildProcess(path, arguments, log: "\(folder)/server")
        try wait(20, until: "PostgreSQL answers") { (try? psql(url, "SELECT 1")) == "1" }
    }

    /// Breaks every connection, as an operator's restart does.
    func stop() throws {
        guard let pid = Files.text("\(data)/postmaster.pid").split(separator: "\n").first.flatMap({ pid_t($0) }) else {
            throw Failure("PostgreSQL has no pid file")
        }
        kill(pid, SIGINT)
        _ = try server?.wait(20)
    }

    func tearDown() {
        try? stop()
        server?.end()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// PostgreSQL refuses to run as root.
    private func asOwner(_ program: String, _ arguments: [String]) throws -> (String, [String]) {
        let path = try Programs.system(program)
        guard Programs.isRoot else { return (path, arguments) }
        return (try Programs.system("runuser"), ["-u", "postgres", "--", path] + arguments)
    }
}
