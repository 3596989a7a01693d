import Foundation

/// A program we started, in a process group of its own; what it says goes to files.
final class ChildProcess {
    let pid: pid_t
    let output: String
    let errors: String
    private var status: Int32?

    /// - Parameters:
    ///   - path: the program.
    ///   - log: files `LOG.out` and `LOG.err` take what it writes.
    ///   - folder: where it starts.
    ///   - input: the file that is its standard input.
    init(
        _ path: String, _ arguments: [String], log: String, folder: String = "/", environment: [String: String] = [:],
        input: String = "/dev/null"
    ) throws {
        (output, errors) = (log + ".out", log + ".err")
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        var pid: pid_t = 0
        // env enters the folder and becomes the program, with the same pid.
        let result = Self.withStrings(["env", "-C", folder, path] + arguments) { words in
            Self.withStrings(Self.environment(environment)) {
                posix_spawn(&pid, "/usr/bin/env", &actions, &attributes, words, $0)
            }
        }
        guard result == 0 else { throw Failure("cannot start \(path): \(String(cString: strerror(result)))") }
        self.pid = pid
    }

    /// Runs a program to its end.
    static func run(
        _ path: String, _ arguments: [String], folder: String = "/", environment: [String: String] = [:],
        input: String = "/dev/null", within seconds: Double = 30
    ) throws -> (status: Int32, output: String, errors: String) {
        let log = "/tmp/roost-p-run-\(UUID().uuidString.prefix(8))"
        defer { for end in [".out", ".err"] { unlink(log + end) } }
        let child = try ChildProcess(
            path, arguments, log: log, folder: folder, environment: environment, input: input)
        defer { child.end() }
        let status = try child.wait(seconds)
        return (status, Files.text(child.output), Files.text(child.errors))
    }

    /// The exit status, or 128 + the signal, as in a shell.
    func wait(_ seconds: Double = 10) throws -> Int32 {
        try ProcessTests.wait(seconds, until: "process \(pid) ends") { hasEnded }
        return status ?? -1
    }

    var hasEnded: Bool {
        if status != nil { return true }
        var word: Int32 = 0
        guard waitpid(pid, &word, WNOHANG) == pid else { return false }
        status = word & 0x7F == 0 ? (word >> 8) & 0xFF : 128 + word & 0x7F
        return true
    }

    func send(_ signal: Int32) { if !hasEnded { kill(pid, signal) } }

    /// Kills it and its group, and reaps it.
    func end() {
        kill(-pid, SIGKILL)
        guard !hasEnded else { return }
        kill(pid, SIGKILL)
        var word: Int32 = 0
        waitpid(pid, &word, 0)
        status = 128 + SIGKILL
    }

    /// Our environment without what would lead a program to another database or another setting.
    private static func environment(_ more: [String: String]) -> [String] {
        let kept = ["PATH", "HOME", "LANG", "LD_LIBRARY_PATH"]
        let ours = ProcessInfo.processInfo.environment.filter { kept.contains($0.key) }
        return ours.merging(more) { $1 }.map { "\($0)=\($1)" }
    }

    private static func withStrings<T>(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> T) -> T {
        let pointers = texts.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}
