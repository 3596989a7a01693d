import Glibc

/// The folder of migration files, ordered by number.
public struct MigrationFolder: Sendable {
    public let path: String
    /// Every file, lowest number first.
    public let migrations: [Migration]

    /// Reads and parses all `NUMBER_name.sql` files of a folder.
    ///
    /// - Throws: ``MigrationError`` when the folder cannot be read, a name has no number, two numbers are equal, or a
    ///   file cannot be parsed.
    public init(path: String) throws(MigrationError) {
        self.path = path
        var found: [Migration] = []
        for file in try Self.names(in: path) where file.hasSuffix(".sql") && !file.hasPrefix(".") {
            found.append(try Self.load(file, in: path))
        }
        found.sort { $0.number < $1.number }
        for (left, right) in zip(found, found.dropFirst()) where left.number == right.number {
            throw MigrationError(.duplicate, "has the same number as \(left.path)", path: right.path)
        }
        migrations = found
    }

    /// The migration with a version, leading zeros ignored.
    public func migration(_ version: String) -> Migration? {
        let number = VersionNumber(version)
        return migrations.first { $0.number == number }
    }

    /// Creates the next file, with both sections empty.
    ///
    /// - Returns: the file's path.
    /// - Throws: ``MigrationError`` when the name has no letters or the file cannot be written.
    public func create(name: String) throws(MigrationError) -> String {
        let slug = Self.slug(name)
        guard !slug.isEmpty else { throw MigrationError(.file, "a migration's name needs letters or digits") }
        let last = migrations.last
        let next = (last.flatMap { Int($0.number.digits) } ?? 0) + 1
        let width = last?.version.utf8.count ?? 4
        let digits = String(next)
        let number = String(repeating: "0", count: max(width - digits.utf8.count, 0)) + digits
        let file = "\(path)/\(number)_\(slug).sql"
        try Self.write("-- migrate:up\n\n\n-- migrate:down\n\n", to: file)
        return file
    }

    private static func slug(_ name: String) -> String {
        var out = ""
        for byte in name.utf8 {
            switch byte {
            case 0x30...0x39, 0x61...0x7A: out.unicodeScalars.append(Unicode.Scalar(byte))
            case 0x41...0x5A: out.unicodeScalars.append(Unicode.Scalar(byte | 0x20))
            default: if !out.isEmpty, !out.hasSuffix("_") { out += "_" }
            }
        }
        while out.hasSuffix("_") { out.removeLast() }
        return out
    }

    private static func load(_ file: String, in folder: String) throws(MigrationError) -> Migration {
        let path = "\(folder)/\(file)"
        let stem = file.dropLast(4)
        let version = stem.prefix { $0.isASCII && $0.isNumber }
        guard !version.isEmpty else {
            throw MigrationError(.file, "the name needs a number first, as in 0001_create_users.sql", path: path)
        }
        let name = stem.dropFirst(version.count).drop { $0 == "_" }
        let bytes = try read(path)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw MigrationError(.file, "the file is not UTF-8", path: path)
        }
        return try MigrationParser.parse(text, version: String(version), name: String(name), path: path)
    }

    private static func names(in folder: String) throws(MigrationError) -> [String] {
        guard let directory = opendir(folder) else { throw failure("cannot read the folder", folder) }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            names.append(name)
        }
        return names.sorted()
    }

    private static func read(_ path: String) throws(MigrationError) -> [UInt8] {
        guard let file = fopen(path, "rbe") else { throw failure("cannot read the file", path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            bytes.append(contentsOf: chunk[..<count])
            if count < chunk.count { break }
        }
        guard ferror(file) == 0 else { throw failure("cannot read the file", path) }
        return bytes
    }

    private static func write(_ text: String, to path: String) throws(MigrationError) {
        // "x": never over an existing file.
        guard let file = fopen(path, "wxe") else { throw failure("cannot create the file", path) }
        let written = fputs(text, file)
        guard fclose(file) == 0, written >= 0 else { throw failure("cannot write the file", path) }
    }

    private static func failure(_ what: String, _ path: String) -> MigrationError {
        MigrationError(.file, "\(what): \(String(cString: strerror(errno)))", path: path)
    }
}
