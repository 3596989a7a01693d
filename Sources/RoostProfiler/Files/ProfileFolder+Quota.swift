internal import Glibc

extension ProfileFolder {
    /// What belongs together in the folder, a profile's four files or a minute of the continuous profile, and goes
    /// together.
    private struct Group {
        let name: String
        var files: [String] = []
        var bytes = 0

        var isContinuous: Bool { name.hasPrefix(ProfileFolder.continuousPrefix) }

        /// The time in the name; both kinds of files age alike.
        var age: Substring { isContinuous ? name.dropFirst(ProfileFolder.continuousPrefix.utf8.count) : name[...] }
    }

    /// Removes the oldest until the quota holds, and what a process that died left half written.
    ///
    /// Several workers may do this at once: a file that another one removed is no error.
    func enforce(_ quota: ProfileQuota) throws(ProfileFileError) {
        let groups = try groups()
        var bytes = groups.reduce(0) { $0 + $1.bytes }
        var minutes = groups.count { $0.isContinuous }
        var profiles = groups.count - minutes
        for group in groups.sorted(by: { $0.age < $1.age }) {
            let isOverCount = group.isContinuous ? minutes > quota.minutes : profiles > quota.profiles
            guard isOverCount || bytes > quota.bytes else { continue }
            for file in group.files { try SystemFile.remove("\(path)/\(file)") }
            bytes -= group.bytes
            if group.isContinuous { minutes -= 1 } else { profiles -= 1 }
        }
    }

    private func groups() throws(ProfileFileError) -> [Group] {
        var groups: [String: Group] = [:]
        let abandoned = time(nil) - 600
        for file in try SystemFile.names(in: path) {
            guard let name = Self.group(of: file), let info = SystemFile.info("\(path)/\(file)") else { continue }
            if file.hasSuffix(SystemFile.draftEnding), info.changed < abandoned {
                try SystemFile.remove("\(path)/\(file)")
                continue
            }
            groups[name, default: Group(name: name)].files.append(file)
            groups[name]?.bytes += info.size
        }
        return Array(groups.values)
    }

    /// What a file belongs to; nil for files that are not ours, which are never touched.
    private static func group(of file: String) -> String? {
        var name = file
        if name.hasSuffix(SystemFile.draftEnding) { name.removeLast(SystemFile.draftEnding.utf8.count) }
        guard let ending = Ending.allCases.first(where: { name.hasSuffix($0.rawValue) }) else { return nil }
        name.removeLast(ending.rawValue.utf8.count)
        return name.hasPrefix(continuousPrefix) || ProfileName(name) != nil ? name : nil
    }
}
