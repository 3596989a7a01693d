import Glibc

/// The file that names the master, once the pool serves.
enum PidFile {
    /// Written beside and renamed, so that no reader sees half a number.
    static func write(_ path: String) throws {
        let draft = path + ".new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw SystemError("pid file \(path)") }
        defer { close(descriptor) }
        let text = Array("\(getpid())\n".utf8)
        guard Glibc.write(descriptor, text, text.count) == text.count, rename(draft, path) == 0 else {
            throw SystemError("pid file \(path)")
        }
    }

    /// Removes it, unless another master has put its own there.
    static func remove(_ path: String) {
        guard let text = ProcFile.text(path), Int32(text.trimmed) == getpid() else { return }
        unlink(path)
    }
}
