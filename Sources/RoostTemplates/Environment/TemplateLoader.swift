internal import Glibc

/// Where the sources of templates come from.
public protocol TemplateLoader {
    /// The source of a template, or nil when there is none of this name.
    ///
    /// - Throws: `TemplateError` when there is one that cannot be read.
    func source(of name: String) throws -> String?

    /// The names of all templates, sorted.
    func names() throws -> [String]

    /// A number that changes when the source does, or nil when it never changes.
    func version(of name: String) -> UInt64?
}

extension TemplateLoader {
    public func version(of name: String) -> UInt64? { nil }
}

/// Templates held in memory.
public struct DictionaryLoader: TemplateLoader {
    private let sources: [String: String]

    /// Makes a loader of these sources by name.
    public init(_ sources: [String: String]) {
        self.sources = sources
    }

    public func source(of name: String) -> String? { sources[name] }
    public func names() -> [String] { sources.keys.sorted() }
}

/// Templates in folders; the first folder that has a name wins.
public struct FileSystemLoader: TemplateLoader {
    private let folders: [String]

    /// Makes a loader that searches `folders` in order.
    public init(folders: [String]) {
        self.folders = folders
    }

    public func source(of name: String) throws -> String? {
        guard isInside(name) else { return nil }
        for folder in folders {
            if let bytes = try read(folder + "/" + name) { return String(decoding: bytes, as: UTF8.self) }
        }
        return nil
    }

    /// Of the time of change, the size and the file itself: the first folder may have got the name meanwhile.
    public func version(of name: String) -> UInt64? {
        guard isInside(name) else { return nil }
        for folder in folders {
            var status = stat()
            guard stat(folder + "/" + name, &status) == 0 else { continue }
            let time =
                UInt64(bitPattern: Int64(status.st_mtim.tv_sec)) &* 1_000_000_007 &+ UInt64(status.st_mtim.tv_nsec)
            return (time &* 31 &+ UInt64(status.st_size)) &* 31 &+ UInt64(status.st_ino)
        }
        return 0
    }

    /// A name never leads out of its folder.
    private func isInside(_ name: String) -> Bool {
        !name.isEmpty && !name.utf8.contains(0)
            && !name.split(separator: "/", omittingEmptySubsequences: false).contains("..")
    }

    private func read(_ path: String) throws -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw failure(path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(path) }
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        return try readAll(descriptor, path)
    }

    private func readAll(_ descriptor: Int32, _ path: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(path)
            }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }

    private func failure(_ path: String) -> TemplateError {
        TemplateError("cannot read \(path): \(String(cString: strerror(errno)))", kind: .templateNotFound)
    }

    public func names() throws -> [String] {
        var found: Set<String> = []
        for folder in folders { try list(folder, prefix: "", into: &found) }
        return found.sorted()
    }

    private func list(_ folder: String, prefix: String, into found: inout Set<String>) throws {
        guard let stream = opendir(folder) else { throw failure(folder) }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix(".") else { continue }
            var status = stat()
            guard stat(folder + "/" + name, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                try list(folder + "/" + name, prefix: prefix + name + "/", into: &found)
            } else {
                found.insert(prefix + name)
            }
        }
    }
}
