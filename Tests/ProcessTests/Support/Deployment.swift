import Foundation

/// A pool behind nginx in a folder of its own, started as an operator starts it and gone afterwards.
final class Deployment {
    enum Program {
        case fixture, flasky

        var path: String { self == .fixture ? Programs.fixture : Programs.flasky }
    }

    let program: Program
    let folder: String
    let settings: [String]
    var pool: ChildProcess?
    var nginx: ChildProcess?
    var port = 0

    init(_ program: Program = .fixture, _ settings: [String] = []) throws {
        self.program = program
        self.settings = settings
        folder = "/tmp/roost-p-\(UUID().uuidString.prefix(6).lowercased())"
        guard mkdir(folder, 0o700) == 0 else { throw Failure("cannot make \(folder)") }
    }

    // MARK: Names

    var socket: String { "\(folder)/pool.sock" }
    var client: HTTPClient { HTTPClient(port: port) }
    func log(_ name: String) -> String { "\(folder)/\(name).log" }
    func lines(_ log: String) throws -> [LogLine] { try Files.lines(self.log(log)) }

    /// The lines of the access log or another, once there are so many: an answer is out before its lines are written.
    func lines(_ log: String, atLeast count: Int) throws -> [LogLine] {
        try wait(until: "\(log) has \(count) lines") { try lines(log).count >= count }
        return try lines(log)
    }

    /// Every setting as `--set KEY=VALUE`; what the test asks for comes last and wins.
    var arguments: [String] {
        let standard =
            [
                "pool.listen=unix:\(socket)", "pool.control=\(folder)/control", "pool.pid_file=\(folder)/pool.pid",
                "pool.workers=2", "pool.allow_root=\(Programs.isRoot)", "log.app=\(log("app"))",
                "log.access=\(log("access"))", "log.events=\(log("events"))", "log.slow_query=\(log("slow"))",
                "profiler.folder=\(folder)/profiles",
            ] + (Programs.database.map { ["database.url=\($0)"] } ?? [])
            + (program == .flasky ? ["http.trusted_hosts=127.0.0.1,localhost", "mail.folder=\(folder)/mail"] : [])
        let given = Set(settings.map { $0.prefix { $0 != "=" } })
        let all = standard.filter { !given.contains($0.prefix { $0 != "=" }) } + settings
        return all.flatMap { ["--set", $0] }
    }

    // MARK: Start

    /// Starts the program without waiting for anything.
    func spawnPool() throws {
        let config = program == .flasky ? ["--config", "\(Programs.root)/deploy/flasky.yaml"] : []
        pool = try ChildProcess(
            program.path, ["serve"] + config + arguments, log: "\(folder)/serve", folder: Programs.root,
            environment: Self.environment)
    }

    /// The secrets, which no command line takes.
    static let environment = ["SECRET_KEY": "a secret of the process tests"]

    /// Starts the program and waits until all its workers serve.
    func startPool() throws {
        let before = try count("ready")
        try spawnPool()
        try wait(15, until: "the pool is ready") {
            if pool?.hasEnded == true { throw Failure("the pool ended: \(Files.text("\(folder)/serve.err"))") }
            return try count("ready") > before
        }
        try waitForWorkers()
    }

    /// Waits until every worker has booted.
    func waitForWorkers(_ seconds: Double = 10) throws {
        try wait(seconds, until: "every worker is ready") {
            let status = try status()
            let states = status.objects("workers").map { $0.text("state") }
            return states.count == status.object("pool")?.int("target_workers")
                && states.allSatisfy { $0 != "starting" && $0 != "stopping" }
        }
    }

    // MARK: Looking at it

    func count(_ event: String) throws -> Int { try events(event).count }
    func events(_ name: String) throws -> [LogLine] { try lines("events").filter { $0.text("event") == name } }

    /// The event, once it is written.
    func event(_ name: String, within seconds: Double = 5, where fits: (LogLine) -> Bool = { _ in true }) throws -> LogLine {
        var found: LogLine?
        try wait(seconds, until: "event \(name)") {
            found = try events(name).first(where: fits)
            return found != nil
        }
        guard let found else { throw Failure("no event \(name)") }
        return found
    }

    /// A command of the program against this pool.
    func command(_ words: String...) throws -> (status: Int32, output: String, errors: String) {
        try ChildProcess.run(program.path, words + ["--set", "pool.control=\(folder)/control"], folder: Programs.root)
    }

    func status() throws -> LogLine {
        let answer = try command("status", "--json")
        guard answer.status == 0 else { throw Failure("status: \(answer.status) \(answer.errors)") }
        return try LogLine(answer.output)
    }

    func workers() throws -> [LogLine] { try status().objects("workers") }

    /// The processes of this pool, master and workers: their command lines name the folder.
    func processes() -> [pid_t] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.compactMap { pid_t($0) }.filter { pid in
            let words = Files.text("/proc/\(pid)/cmdline")
            return words.hasPrefix(program.path) && words.contains("serve") && words.contains(folder)
        }
    }

    // MARK: End

    /// Ends everything that was started, whatever state it is in.
    func tearDown() {
        pool?.end()
        for pid in processes() { kill(pid, SIGKILL) }
        nginx?.end()
        try? FileManager.default.removeItem(atPath: folder)
    }
}

/// Runs a test against a pool behind nginx.
func withDeployment(
    _ program: Deployment.Program = .fixture, _ settings: [String] = [], _ body: (Deployment) throws -> Void
) throws {
    let deployment = try Deployment(program, settings)
    defer { deployment.tearDown() }
    try deployment.startPool()
    try deployment.startNginx()
    try body(deployment)
}
