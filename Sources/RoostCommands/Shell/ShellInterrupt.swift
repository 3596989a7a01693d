internal import CRoost
internal import Glibc
internal import RoostPostgres
internal import Synchronization

/// Ctrl-C at the shell's terminal: gives up what is being typed, or stops the statement that runs; never the shell.
enum ShellInterrupt {
    private static let wasAsked = Atomic<Bool>(false)
    /// The connection whose statement is to be stopped; the shell lives as long as the process.
    private nonisolated(unsafe) static var connection: Unmanaged<Connection>?

    static func listen(for connection: Connection?) {
        self.connection = connection.map { Unmanaged.passRetained($0) }
        roost_on_interrupt { _ in
            ShellInterrupt.wasAsked.store(true, ordering: .relaxed)
            // Allocates nothing; without a statement that runs the server does nothing.
            _ = ShellInterrupt.connection?._withUnsafeGuaranteedRef { $0.cancel() }
        }
    }

    /// Whether Ctrl-C was pressed since the last question.
    static func take() -> Bool { wasAsked.exchange(false, ordering: .relaxed) }

    /// The next line of standard input.
    /// - Returns: nil at its end, or when Ctrl-C was pressed meanwhile: `take()` tells.
    static func readLine() -> String? {
        _ = take()
        // Swift's own function begins again after a signal. A terminal has whole lines, so that it will not wait then.
        var keys = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        while poll(&keys, 1, -1) < 0 {
            if wasAsked.load(ordering: .relaxed) { return nil }
        }
        return Swift.readLine()
    }
}
