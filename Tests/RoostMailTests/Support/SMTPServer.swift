import Glibc
import RoostHTTP

/// A real SMTP server in a process of its own: aiosmtpd, driven by `Tests/Mail/smtp_server.py`.
///
/// It needs a Python with aiosmtpd: `ROOST_TEST_PYTHON` names one, else `python3` is tried.
final class SMTPServer {
    let port: Int
    private let child: ChildProgram
    private var folder: String?

    static let python = getenv("ROOST_TEST_PYTHON").map { String(cString: $0) } ?? "python3"
    static let isAvailable = ChildProgram.succeeds([python, "-c", "import aiosmtpd"])
    static let reason = "needs a Python with aiosmtpd (ROOST_TEST_PYTHON)"
    static let hasOpenSSL = ChildProgram.succeeds(["openssl", "version"])

    init(_ arguments: [String] = []) throws {
        let tests = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        child = try ChildProgram([Self.python, "\(tests)/Mail/smtp_server.py"] + arguments)
        guard let line = child.line(), let port = Int(line) else { throw TestProblem("the SMTP server did not start") }
        self.port = port
    }

    /// A server with a certificate of its own, made by openssl for 127.0.0.1.
    convenience init(security: String, _ arguments: [String] = []) throws {
        let folder = try TestFolder.make()
        let made = ChildProgram.succeeds([
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
            "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "\(folder)/key.pem", "-out", "\(folder)/cert.pem",
        ])
        guard made else { throw TestProblem("openssl made no certificate") }
        try self.init(
            [security, "--certificate", "\(folder)/cert.pem", "--key", "\(folder)/key.pem"] + arguments)
        self.folder = folder
    }

    var certificate: String? { folder.map { "\($0)/cert.pem" } }

    /// The next message it took.
    func message() throws -> JSONValue {
        guard let line = child.line() else { throw TestProblem("the SMTP server took no message") }
        return try JSONValue(parsing: Array(line.utf8))
    }

    func stop() {
        child.stop()
        if let folder { TestFolder.remove(folder) }
    }
}

struct TestProblem: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// A program with pipes to its input and output.
final class ChildProgram {
    private let pid: pid_t
    private let input: Int32
    private let output: UnsafeMutablePointer<FILE>

    init(_ arguments: [String]) throws {
        var (toChild, fromChild) = ([Int32](repeating: 0, count: 2), [Int32](repeating: 0, count: 2))
        guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else { throw TestProblem("no pipes") }
        for descriptor in toChild + fromChild { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        pid = Self.spawn(arguments, input: toChild[0], output: fromChild[1])
        close(toChild[0])
        close(fromChild[1])
        input = toChild[1]
        guard pid > 0, let file = fdopen(fromChild[0], "r") else { throw TestProblem("cannot run \(arguments)") }
        // Without a buffer: a line that waits in one would not be seen by poll.
        setvbuf(file, nil, _IONBF, 0)
        output = file
    }

    /// The next line it wrote; nil when it ended or wrote nothing for ten seconds.
    func line() -> String? {
        var poll = pollfd(fd: fileno(output), events: Int16(POLLIN), revents: 0)
        guard Glibc.poll(&poll, 1, 10_000) == 1 else { return nil }
        var (line, size): (UnsafeMutablePointer<CChar>?, Int) = (nil, 0)
        defer { free(line) }
        let count = getline(&line, &size, output)
        guard count > 0, let line else { return nil }
        return String(cString: line).split(separator: "\n").first.map(String.init) ?? ""
    }

    /// Ends the program by closing its input.
    func stop() {
        close(input)
        fclose(output)
        waitpid(pid, nil, 0)
    }

    /// Whether a program runs and exits with 0; it sees and shows nothing.
    static func succeeds(_ arguments: [String]) -> Bool {
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(null) }
        let pid = spawn(arguments, input: null, output: null, errors: null)
        var status: Int32 = 1
        return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0
    }

    private static func spawn(_ arguments: [String], input: Int32, output: Int32, errors: Int32? = nil) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        if let errors { posix_spawn_file_actions_adddup2(&actions, errors, 2) }
        let words = arguments.map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var pid: pid_t = 0
        return posix_spawnp(&pid, arguments[0], &actions, nil, words, environ) == 0 ? pid : -1
    }
}

/// Folders for one test.
enum TestFolder {
    static func make() throws -> String {
        var template = Array("/tmp/roost-mail-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw TestProblem("no folder") }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Removes a folder and the files in it.
    static func remove(_ folder: String) {
        for name in names(folder) { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }

    static func names(_ folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
