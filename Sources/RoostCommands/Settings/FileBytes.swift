internal import Glibc

/// Whole small files, read with plain system calls.
enum FileBytes {
    struct Failure: Error, CustomStringConvertible {
        let path: String
        let code: Int32
        var description: String { "cannot read \(path): \(String(cString: strerror(code)))" }
    }

    static func read(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(path: path, code: errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        while let chunk = try nextChunk(descriptor, path) { bytes += chunk }
        return bytes
    }

    /// The next bytes, or `nil` at the end of the file.
    private static func nextChunk(_ descriptor: Int32, _ path: String) throws -> [UInt8]? {
        var code: Int32 = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            let got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            code = got < 0 ? errno : 0
            count = max(0, got)
        }
        if code == EINTR { return [] }
        guard code == 0 else { throw Failure(path: path, code: code) }
        return chunk.isEmpty ? nil : chunk
    }
}
