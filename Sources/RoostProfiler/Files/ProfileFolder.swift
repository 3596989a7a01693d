internal import Glibc

/// The folder of the profiles: finds them, and keeps it within its quota.
public struct ProfileFolder: Sendable {
    public let path: String

    public init(_ path: String) { self.path = path }

    /// What one profile consists of.
    enum Ending: String, CaseIterable {
        case text = ".txt"
        case collapsed = ".collapsed"
        case speedscope = ".speedscope.json"
        case trace = ".trace.json"
    }

    static let continuousPrefix = "continuous-"

    func path(of name: String, _ ending: Ending) -> String { "\(path)/\(name)\(ending.rawValue)" }

    /// Writes files of one profile. When one cannot be written no file of that profile is left.
    func write(_ files: [(Ending, [UInt8])], name: String) throws(ProfileFileError) {
        try SystemFile.makeFolder(path)
        do throws(ProfileFileError) {
            for (ending, bytes) in files { try SystemFile.writeAtomically(bytes, to: path(of: name, ending)) }
        } catch {
            for ending in Ending.allCases { unlink(path(of: name, ending)) }
            throw error
        }
    }

    /// The profiles of requests, oldest first. A name counts when its trace is there, which is written last.
    func names() throws(ProfileFileError) -> [ProfileName] {
        let found = try SystemFile.names(in: path).compactMap { file -> ProfileName? in
            guard file.hasSuffix(Ending.trace.rawValue) else { return nil }
            return ProfileName(String(file.dropLast(Ending.trace.rawValue.utf8.count)))
        }
        return found.sorted { ($0.time, $0.pid, $0.sequence) < ($1.time, $1.pid, $1.sequence) }
    }

    /// The files of the continuous profile, oldest first.
    func continuousFiles() throws(ProfileFileError) -> [String] {
        try SystemFile.names(in: path)
            .filter { $0.hasPrefix(Self.continuousPrefix) && $0.hasSuffix(Ending.collapsed.rawValue) }.sorted()
    }

    // MARK: Quota

    /// Removes the oldest profiles until count and bytes fit, and what a process that died left half written.
    ///
    /// Several workers may do this at once: a file that another one removed is no error.
    func enforce(files most: Int, bytes mostBytes: Int) throws(ProfileFileError) {
        var groups: [String: [(file: String, size: Int)]] = [:]
        var total = 0
        let now = time(nil)
        for file in try SystemFile.names(in: path) {
            guard let info = SystemFile.info("\(path)/\(file)") else { continue }
            if file.hasSuffix(SystemFile.draftEnding), Self.group(file) != nil, info.changed < now - 600 {
                unlink("\(path)/\(file)")
                continue
            }
            guard let group = Self.group(file) else { continue }
            groups[group, default: []].append((file, info.size))
            total += info.size
        }
        var count = groups.count
        for (_, files) in groups.sorted(by: { Self.age($0.key) < Self.age($1.key) }) {
            guard count > most || total > mostBytes else { return }
            for (file, size) in files {
                unlink("\(path)/\(file)")
                total -= size
            }
            count -= 1
        }
    }

    /// What a file belongs to; nil for files that are not ours, which are never touched.
    private static func group(_ file: String) -> String? {
        var name = file
        if name.hasSuffix(SystemFile.draftEnding) { name.removeLast(SystemFile.draftEnding.utf8.count) }
        guard let ending = Ending.allCases.first(where: { name.hasSuffix($0.rawValue) }) else { return nil }
        name.removeLast(ending.rawValue.utf8.count)
        return name.hasPrefix(continuousPrefix) || ProfileName(name) != nil ? name : nil
    }

    /// The time in a name; both kinds of files age alike.
    private static func age(_ group: String) -> Substring {
        group.hasPrefix(continuousPrefix) ? group.dropFirst(continuousPrefix.utf8.count) : group[...]
    }
}
