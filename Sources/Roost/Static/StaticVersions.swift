import Glibc

/// The versions of static files: a hash of the content, taken again when size or time of the file change.
final class StaticVersions {
    private struct Entry {
        /// A file that was moved here is another one, however equal its time.
        let inode: UInt
        let size: Int
        let modified: timespec
        let version: String
    }

    private var entries: [String: Entry] = [:]
    /// Files known at once; addresses come from templates, but nothing may grow without end.
    private static let limit = 10_000

    /// Ten digits of the hash; nil when there is no such file.
    func version(of filename: String, in folder: StaticFolder) -> String? {
        let path = folder.root + "/" + filename
        var info = stat()
        guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
        if let entry = entries[path], entry.inode == info.st_ino, entry.size == info.st_size,
            entry.modified.tv_sec == info.st_mtim.tv_sec,
            entry.modified.tv_nsec == info.st_mtim.tv_nsec
        {
            return entry.version
        }
        guard let version = Self.hash(of: path) else { return nil }
        if entries.count >= Self.limit { entries.removeAll() }
        entries[path] = Entry(inode: info.st_ino, size: info.st_size, modified: info.st_mtim, version: version)
        return version
    }

    /// The hash of a file's content; nil when it cannot be read. FNV-1a: it names versions and protects nothing.
    static func hash(of path: String) -> String? {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        do {
            try RequestBody.file(path: path, size: Int64(info.st_size)).withChunks { bytes in
                for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            }
        } catch {
            return nil
        }
        let digits = String(hash, radix: 16)
        return String((String(repeating: "0", count: 16 - digits.utf8.count) + digits).suffix(10))
    }
}
