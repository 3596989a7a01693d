internal import Glibc

/// A folder of messages that wait for another attempt: one file each, `….mail`, and `….refused` for those that the
/// server will not take however often they are sent.
///
/// Files appear and change by renaming, so that a crash leaves either the old or the new one.
public struct MailSpool: Sendable {
    public let folder: String
    /// More waiting messages than this are not kept: a broken server must not fill the disk.
    public let limit: Int

    public init(folder: String, limit: Int = 1000) {
        self.folder = folder
        self.limit = limit
    }

    /// Keeps a message.
    /// - Throws: `MailError` with code `spool` when the folder is full or cannot be written.
    @discardableResult
    public func keep(_ message: [UInt8], _ envelope: MailEnvelope, problem: String, refused: Bool = false)
        throws(MailError)
        -> String
    {
        guard try names().count < limit else {
            throw MailError(.spool, "\(folder) holds \(limit) messages already: see mail.spool_limit")
        }
        let now = Self.now()
        var generator = SystemRandomNumberGenerator()
        let name = "\(now)-\(String(generator.next(), radix: 36))" + (refused ? Self.refusedSuffix : Self.suffix)
        let mail = SpooledMail(
            name: name, envelope: envelope, since: now, attempts: 1, problem: problem, message: message)
        try write(mail)
        return name
    }

    /// The names of all files, the oldest first; none when there is no folder.
    public func names() throws(MailError) -> [String] {
        guard let stream = opendir(folder) else {
            if errno == ENOENT { return [] }
            throw failure("cannot be read")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(Self.suffix) || name.hasSuffix(Self.refusedSuffix) { names.append(name) }
        }
        return names.sorted()
    }

    /// The message in a file; nil when it is gone or not one of ours.
    public func mail(named name: String) throws(MailError) -> SpooledMail? {
        guard let bytes = try read(name) else { return nil }
        return SpooledMail(name: name, bytes: bytes)
    }

    /// Tries each waiting message once more. Several processes may do so at the same time: a message is locked while it
    /// is sent.
    /// - Parameters:
    ///   - refused: whether those that were refused are tried again too.
    ///   - deliver: sends one.
    /// - Returns: how many were sent and how many are left.
    public func retry(
        refused: Bool = false, _ deliver: (SpooledMail) throws(MailError) -> Void
    ) throws(MailError) -> MailRetry {
        var result = MailRetry()
        for name in try names() {
            guard refused || name.hasSuffix(Self.suffix) else {
                result.left += 1
                continue
            }
            let descriptor = open(path(name), O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            // Closing also gives the lock back.
            defer { close(descriptor) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, var mail = try mail(named: name) else {
                result.left += 1
                continue
            }
            do {
                try deliver(mail)
                unlink(path(name))
                result.sent += 1
            } catch {
                mail.attempts += 1
                mail.problem = error.description
                try write(mail)
                if error.code == .refused { rename(path(name), path(Self.refusedName(name))) }
                result.left += 1
                result.problems.append("\(name): \(error)")
            }
        }
        return result
    }

    private static let suffix = ".mail"
    private static let refusedSuffix = ".refused"

    private static func refusedName(_ name: String) -> String {
        name.hasSuffix(suffix) ? name.dropLast(suffix.count) + refusedSuffix : name
    }

    private func path(_ name: String) -> String { "\(folder)/\(name)" }

    private func write(_ mail: SpooledMail) throws(MailError) {
        try MailFile.write(mail.bytes, as: mail.name, in: folder)
    }

    private func read(_ name: String) throws(MailError) -> [UInt8]? {
        let descriptor = open(path(name), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure("cannot be read")
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("cannot be read") }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }

    private func failure(_ what: String) -> MailError { MailFile.failure(folder, what) }

    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}

/// What became of the messages that waited.
public struct MailRetry: Sendable {
    public var sent = 0
    public var left = 0
    /// Why messages are left, one line each.
    public var problems: [String] = []
}
