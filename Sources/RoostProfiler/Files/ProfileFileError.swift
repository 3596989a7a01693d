internal import Glibc

/// A file or folder of profiles that could not be read or written.
public struct ProfileFileError: Error, CustomStringConvertible {
    public let path: String
    public let code: Int32
    let act: String

    init(_ act: String, _ path: String, code: Int32 = errno) {
        self.path = path
        self.code = code
        self.act = act
    }

    /// Whether there is no such file: the quota may have removed it meanwhile.
    var isMissing: Bool { code == ENOENT }

    public var description: String { "cannot \(act) \(path): \(String(cString: strerror(code)))" }
}
