internal import Glibc

/// What a command puts out: to standard output, or to a file.
enum OutputFile {
    static func write(lines: [String]) throws {
        try write(Array((lines.joined(separator: "\n") + "\n").utf8), to: nil)
    }

    /// Writes bytes whole.
    ///
    /// A reader that went away, as `head` does, is no error. A file appears with all its content or not at all.
    /// - Parameter path: nil for standard output.
    static func write(_ bytes: [UInt8], to path: String?) throws {
        guard let path else { return try put(bytes, to: STDOUT_FILENO, "standard output") }
        let temporary = "\(path).\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(path) }
        do {
            try put(bytes, to: descriptor, path)
            guard close(descriptor) == 0, rename(temporary, path) == 0 else { throw failure(path) }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    private static func put(_ bytes: [UInt8], to descriptor: Int32, _ name: String) throws {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + done, $0.count - done) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EPIPE { return }
            guard count > 0 else { throw failure(name) }
            done += count
        }
    }

    private static func failure(_ name: String) -> CommandFailure {
        CommandFailure("cannot write \(name): \(String(cString: strerror(errno)))")
    }
}
