import Foundation
import Testing

extension RealPrograms {
    @Suite("The shell at a terminal", .enabled(if: (try? Programs.system("script")) != nil))
    struct ShellTerminalTests {
        /// A shell at a terminal of its own, typed at through a named pipe.
        private final class Terminal {
            let child: ChildProcess
            private let pipe: String
            private let keys: Int32

            init(_ url: String) throws {
                pipe = "/tmp/roost-p-keys-\(UUID().uuidString.prefix(8))"
                guard mkfifo(pipe, 0o600) == 0 else { throw Failure("no named pipe: \(String(cString: strerror(errno)))") }
                // Both ends: nobody waits for the other to open it.
                keys = open(pipe, O_RDWR)
                child = try ChildProcess(
                    "script", ["-qefc", "exec '\(Programs.flasky)' shell --set http.trusted_hosts=localhost --database-url '\(url)'", "/dev/null"],
                    log: pipe, folder: Programs.root, environment: Deployment.environment, input: pipe)
            }

            func type(_ text: String) { _ = Array(text.utf8).withUnsafeBytes { write(keys, $0.baseAddress, $0.count) } }

            func wait(for text: String) throws {
                try ProcessTests.wait(15, until: "the terminal shows \(text)") { shown.contains(text) }
            }

            var shown: String { Files.text(child.output) }

            deinit {
                child.end()
                close(keys)
                for path in [pipe, child.output, child.errors] { unlink(path) }
            }
        }

        @Test("Ctrl-C gives up what was typed, stops what runs, and leaves the shell alone")
        func interrupt() throws {
            try withDatabase { url in
                let terminal = try Terminal(url)
                try terminal.wait(for: "flasky> ")
                terminal.type("SELECT 'never'\n")
                try terminal.wait(for: "-> ")
                terminal.type("\u{3}")
                // What comes before the signal is thrown away by the terminal, too.
                try terminal.wait(for: "^C\r\nflasky> ")
                terminal.type("SELECT 40 + 2 AS answer;\n")
                try terminal.wait(for: "(1 row")
                #expect(terminal.shown.contains("42") && !terminal.shown.contains("error"))
                terminal.type("SELECT pg_sleep(60);\n")
                try ProcessTests.wait(10, until: "the statement runs") {
                    (try? psql(url, "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60);' AND state = 'active'")) == "1"
                }
                terminal.type("\u{3}")
                try terminal.wait(for: "canceling statement due to user request")
                terminal.type("= 'still ' ~ 'here'\n")
                try terminal.wait(for: "still here")
                terminal.type(".quit\n")
                let status = try terminal.child.wait()
                #expect(status == 0, "\(terminal.shown)")
            }
        }
    }
}
