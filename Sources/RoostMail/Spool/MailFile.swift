internal import Glibc

/// Files of whole messages: each appears under its name complete, or not at all.
enum MailFile {
    /// Writes a file, for its owner alone: mails are private. A file of that name is replaced.
    /// - Throws: `MailError` with code `spool`
    static func write(_ bytes: [UInt8], as name: String, in folder: String) throws(MailError) {
        try make(folder)
        let draft = "\(folder)/.\(name).\(getpid())"
        // One may be left of a process that was killed and had this number.
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(folder, "cannot be written") }
        defer { close(descriptor) }
        guard fill(descriptor, bytes), fsync(descriptor) == 0, rename(draft, "\(folder)/\(name)") == 0 else {
            let error = failure(folder, "cannot be written")
            unlink(draft)
            throw error
        }
    }

    private static func fill(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            written += count
        }
        return true
    }

    /// Makes the folder and those above it, for its owner alone.
    private static func make(_ folder: String) throws(MailError) {
        var path = folder.hasPrefix("/") ? "" : "."
        for part in folder.split(separator: "/") {
            path += "/" + part
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure(folder, "cannot be made") }
        }
    }

    static func failure(_ folder: String, _ what: String) -> MailError {
        MailError(.spool, "\(folder) \(what): \(String(cString: strerror(errno)))")
    }
}
