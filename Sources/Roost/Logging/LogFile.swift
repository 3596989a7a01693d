import Glibc

/// A log that is appended to, one `write(2)` per line, so that lines of many processes never mix.
///
/// A line that cannot be written (disk full, broken pipe) is counted and dropped: a request never fails for its log.
public final class LogFile {
    /// Lines are cut here, with a mark, so that one hostile request cannot fill a disk.
    public static let lineLimit = 32_768

    public let path: String?
    /// Lines that could not be written.
    public private(set) var droppedLines = 0
    private var descriptor: Int32

    /// Standard error.
    public init() {
        path = nil
        descriptor = STDERR_FILENO
    }

    /// A file, made when it is missing. Throws when it cannot be opened.
    public init(path: String) throws(LogError) {
        self.path = path
        descriptor = try Self.open(path)
    }

    deinit { if path != nil { close(descriptor) } }

    /// Opens the path again, after logrotate has moved the file away. Throws when it cannot; the old file stays in use.
    public func reopen() throws(LogError) {
        guard let path else { return }
        let fresh = try Self.open(path)
        close(descriptor)
        descriptor = fresh
    }

    /// Writes one line; the line feed is added. What is longer than the limit is cut and marked.
    public func write(line: [UInt8]) {
        var line = line
        if line.count >= Self.lineLimit {
            line.removeSubrange((Self.lineLimit - Self.mark.count - 1)...)
            // Not in the middle of a character: bytes that continue one, then the one that began it.
            while let last = line.last, last & 0xC0 == 0x80 { line.removeLast() }
            if let last = line.last, last & 0xC0 == 0xC0 { line.removeLast() }
            line += Self.mark
        }
        line.append(UInt8(ascii: "\n"))
        if !Self.writeWhole(descriptor, line) { droppedLines += 1 }
    }

    private static let mark = Array("…[truncated]".utf8)

    private static func open(_ path: String) throws(LogError) -> Int32 {
        let descriptor = Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw LogError(path: path, code: errno) }
        return descriptor
    }

    /// A short write leaves a torn line: the disk is full, and the rest would not fit either.
    private static func writeWhole(_ descriptor: Int32, _ line: [UInt8]) -> Bool {
        line.withUnsafeBytes { bytes in
            while true {
                let count = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
                if count < 0, errno == EINTR { continue }
                return count == bytes.count
            }
        }
    }
}

/// Why a log file could not be opened.
public struct LogError: Error, CustomStringConvertible {
    public let path: String
    public let code: Int32
    public var description: String { "\(path): \(String(cString: strerror(code)))" }
}
