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
}
