import Glibc

/// A temporary file that is deleted when nobody holds it any more.
final class SpoolFile {
    let path: String
    private(set) var size: Int64 = 0
    private var descriptor: Int32

    /// - Throws: 503 with the system's reason when the folder takes no file.
    init(folder: String) throws(HTTPError) {
        var template = Array("\(folder)/roost-upload-XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw Self.refusal(folder) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        unlink(path)
    }

    func append(_ bytes: UnsafeRawBufferPointer) throws(HTTPError) {
        guard Self.write(bytes, to: descriptor) else { throw Self.refusal(path) }
        size += Int64(bytes.count)
    }

    /// Closes the descriptor: a form of many files must not use up the worker's.
    func finish() {
        close(descriptor)
        descriptor = -1
    }

    /// Writes everything; false leaves the reason in `errno`.
    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
        return true
    }

    private static func refusal(_ place: String) -> HTTPError {
        HTTPError(.serviceUnavailable, "An upload could not be kept in \(place): \(String(cString: strerror(errno))).")
    }
}
