internal import Glibc

/// Finds the folders of templates and static files that come with an application.
public enum ResourceFolder {
    /// The folder a setting names, or else the one that the package manager put beside the executable.
    /// - Parameters:
    ///   - name: the folder inside the bundle, such as `Templates`.
    ///   - bundle: the bundle beside the executable, such as `roost_Flasky.resources`.
    ///   - setting: a setting that may name another folder.
    /// - Throws: `SettingError` when there is no such folder, with what to do about it.
    public static func find(_ name: String, in bundle: String, setting key: String, _ settings: Settings) throws -> String {
        if let folder = try settings.optionalText(key) {
            if isFolder(folder) { return folder }
            throw SettingError(key, "there is no folder \(folder)", try settings.value(key)?.origin ?? .standard)
        }
        let folder = "\(folderOfExecutable())/\(bundle)/\(name)"
        if isFolder(folder) { return folder }
        throw SettingError(key, "there is no folder \(folder): ship it beside the executable, or name another", .standard)
    }

    private static func folderOfExecutable() -> String {
        let path = [CChar](unsafeUninitializedCapacity: 4096) { buffer, count in
            count = max(0, readlink("/proc/self/exe", buffer.baseAddress!, buffer.count))
        }
        let bytes = path.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes[..<(bytes.lastIndex(of: UInt8(ascii: "/")) ?? 0)], as: UTF8.self)
    }

    private static func isFolder(_ path: String) -> Bool {
        var info = stat()
        return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
    }
}
