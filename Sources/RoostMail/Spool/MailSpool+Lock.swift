internal import Glibc

extension MailSpool {
    /// Does what one process at a time may do: sending what waits. The lock ends with the process, too.
    /// - Parameter waits: whether to wait for another process to end its work.
    /// - Returns: nil when there is no folder, or when another process is at it and this one does not wait.
    /// - Throws: `MailError` with code `spool`, and what the body throws.
    func locked<Result>(waits: Bool, _ body: () throws(MailError) -> Result) throws(MailError) -> Result? {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure("cannot be read")
        }
        defer {
            // Closing alone does not give the lock back while a child that was just forked holds a copy.
            flock(descriptor, LOCK_UN)
            close(descriptor)
        }
        while flock(descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
            if errno == EWOULDBLOCK { return nil }
            guard errno == EINTR else { throw failure("cannot be locked") }
        }
        return try body()
    }

    /// Marks the beginning of a round, unless another worker began one lately: a server that is down shall cost one of
    /// them the time to find that out, not each of them. To be called under the lock.
    /// - Parameters:
    ///   - now: microseconds since 1970
    ///   - pause: microseconds between rounds
    /// - Returns: false when it is too early.
    /// - Throws: `MailError` with code `spool`
    func beginRound(at now: Int64, pause: Int64) throws(MailError) -> Bool {
        var status = stat()
        if stat(path(Self.roundMark), &status) == 0 {
            let last = Int64(status.st_mtim.tv_sec) * 1_000_000 + Int64(status.st_mtim.tv_nsec) / 1000
            // Workers look when their own clock says so, which is never exactly one pause after the last round. A mark
            // of the future was made before the clock was set back.
            if last <= now, now - last < pause - pause / 10 { return false }
        }
        let descriptor = open(path(Self.roundMark), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("cannot be written") }
        defer { close(descriptor) }
        let time = timespec(tv_sec: Int(now / 1_000_000), tv_nsec: Int(now % 1_000_000) * 1000)
        guard futimens(descriptor, [time, time]) == 0 else { throw failure("cannot be written") }
        return true
    }

    /// An empty file: its time of change is when the last round began.
    private static let roundMark = ".last-round"
}
