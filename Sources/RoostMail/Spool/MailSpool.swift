internal import Glibc
internal import Roost

/// A folder of messages that wait for another attempt: one file each, `….mail`; `….refused` for those that the server
/// will not take however often they are sent, and `….given-up` for those that were tried in vain for too long.
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
        throws(MailError) -> String
    {
        var mail = try begin(message, envelope, at: Clock.now())
        try settle(&mail, MailError(refused ? .refused : .temporary, problem), at: mail.since)
        return mail.name
    }

    /// Keeps a message whose first attempt is about to be made.
    /// - Parameter now: microseconds since 1970
    func begin(_ message: [UInt8], _ envelope: MailEnvelope, at now: Int64) throws(MailError) -> SpooledMail {
        guard try names().count < limit else {
            throw MailError(.spool, "\(folder) holds \(limit) messages already: see mail.spool_limit")
        }
        var generator = SystemRandomNumberGenerator()
        let mail = SpooledMail(
            id: "\(now)-\(String(generator.next(), radix: 36))", state: .waiting, envelope: envelope, since: now,
            problem: "the attempt was not ended", message: message)
        try write(mail)
        return mail
    }

    /// Writes down why an attempt failed, and whether there will be another.
    /// - Parameter now: microseconds since 1970
    func settle(_ mail: inout SpooledMail, _ problem: MailError, at now: Int64) throws(MailError) {
        let before = mail
        mail.problem = problem.description
        if problem.code == .refused {
            mail.state = .refused
        } else if mail.state == .waiting, MailBackOff.isOver(mail, at: now) {
            mail.state = .givenUp
        }
        try write(mail)
        if mail.state != before.state { try remove(before) }
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
            // Hidden files are drafts, and the mark of the last round.
            if !name.hasPrefix("."), SpooledMail.State(name: name) != nil { names.append(name) }
        }
        return names.sorted()
    }

    /// The message in a file; nil when it is gone or not one of ours.
    public func mail(named name: String) throws(MailError) -> SpooledMail? {
        guard let bytes = try read(name) else { return nil }
        return SpooledMail(name: name, bytes: bytes)
    }

    // MARK: Files

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    func write(_ mail: SpooledMail) throws(MailError) {
        try MailFile.write(mail.bytes, as: mail.name, in: folder)
    }

    /// A message leaves the spool.
    func remove(_ mail: SpooledMail) throws(MailError) {
        guard unlink(path(mail.name)) == 0 || errno == ENOENT else { throw failure("cannot be written") }
    }

    /// The bytes of a file, of a long one the first at least; nil when it is gone.
    func read(_ name: String, first most: Int = .max) throws(MailError) -> [UInt8]? {
        let descriptor = open(path(name), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure("cannot be read")
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: min(most, 65_536))
        while bytes.count < most {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("cannot be read") }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        return bytes
    }

    func failure(_ what: String) -> MailError { MailFile.failure(folder, what) }
}
