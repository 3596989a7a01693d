internal import Glibc

/// Whole files with plain system calls.
enum SystemFile {
    /// Writes a file under another name first and then gives it its own: readers see all of it or nothing.
    /// - Throws: `ProfileFileError`; nothing is left behind then.
    static func writeAtomically(_ bytes: [UInt8], to path: String, mode: mode_t = 0o640) throws(ProfileFileError) {
        let draft = path + draftEnding
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw ProfileFileError("write", draft) }
        do throws(ProfileFileError) {
            defer { close(descriptor) }
            // Exactly this mode, whatever the umask.
            guard fchmod(descriptor, mode) == 0 else { throw ProfileFileError("set the mode of", draft) }
            try writeAll(bytes, descriptor, draft)
            guard rename(draft, path) == 0 else { throw ProfileFileError("rename", draft) }
        } catch {
            unlink(draft)
            throw error
        }
    }

    static let draftEnding = ".part"

    /// Appends in one piece: lines of several processes do not mix.
    static func append(_ bytes: [UInt8], to path: String, mode: mode_t = 0o640) throws(ProfileFileError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw ProfileFileError("write", path) }
        defer { close(descriptor) }
        try writeAll(bytes, descriptor, path)
    }

    private static func writeAll(_ bytes: [UInt8], _ descriptor: Int32, _ path: String) throws(ProfileFileError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + done, $0.count - done) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw ProfileFileError("write", path, code: count == 0 ? ENOSPC : errno) }
            done += count
        }
    }

    /// - Parameter limit: a larger file is refused.
    static func read(_ path: String, limit: Int = 256 << 20) throws(ProfileFileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ProfileFileError("read", path) }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw ProfileFileError("read", path) }
        guard info.st_size <= limit else { throw ProfileFileError("read", path, code: EFBIG) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: max(4096, min(Int(info.st_size) + 1, 1 << 20)))
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw ProfileFileError("read", path) }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= limit else { throw ProfileFileError("read", path, code: EFBIG) }
        }
    }

    /// Makes a folder and those above it.
    static func makeFolder(_ path: String) throws(ProfileFileError) {
        if mkdir(path, 0o750) == 0 || errno == EEXIST { return }
        let parent = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? ""
        guard errno == ENOENT, !parent.isEmpty, parent != path else { throw ProfileFileError("make the folder", path) }
        try makeFolder(parent)
        guard mkdir(path, 0o750) == 0 || errno == EEXIST else { throw ProfileFileError("make the folder", path) }
    }

    /// The names in a folder; none when there is no such folder.
    static func names(in folder: String) throws(ProfileFileError) -> [String] {
        guard let stream = opendir(folder) else {
            if errno == ENOENT { return [] }
            throw ProfileFileError("list", folder)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Removes a file; that it has gone already is no error.
    static func remove(_ path: String) throws(ProfileFileError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw ProfileFileError("remove", path) }
    }

    /// Size in bytes and seconds since 1970 of the last change; nil when it has gone.
    static func info(_ path: String) -> (size: Int, changed: Int)? {
        var info = stat()
        return lstat(path, &info) == 0 ? (Int(info.st_size), Int(info.st_mtim.tv_sec)) : nil
    }
}
