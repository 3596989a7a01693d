import Glibc

/// What a request carried after its headers.
public enum RequestBody {
    case none
    case bytes([UInt8])
    /// A large body that the gateway spooled to a file. Whoever made the file deletes it.
    case file(path: String, size: Int64)

    public var size: Int64 {
        switch self {
        case .none: 0
        case .bytes(let bytes): Int64(bytes.count)
        case .file(_, let size): size
        }
    }

    /// The whole body. Throws 413 when it is larger than `limit`, 500 when a spooled file cannot be read.
    public func bytes(limit: Int64) throws(HTTPError) -> [UInt8] {
        guard size <= limit else {
            throw HTTPError(.contentTooLarge, "The body has \(size) bytes; this address accepts \(limit).")
        }
        switch self {
        case .none: return []
        case .bytes(let bytes): return bytes
        case .file(let path, let size): return try Self.read(path, size: Int(size))
        }
    }

    /// Lends the body piece by piece, 64 KB at most each, so that a large one never fills the memory.
    ///
    /// Throws what `body` throws, and 500 when a spooled file cannot be read.
    public func withChunks(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        switch self {
        case .none: return
        case .bytes(let bytes):
            try bytes.withUnsafeBytes { bytes in
                for start in stride(from: 0, to: bytes.count, by: Self.chunk) {
                    try body(UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + Self.chunk, bytes.count)]))
                }
            }
        case .file(let path, let size): try Self.withChunks(path, size: size, body)
        }
    }

    private static let chunk = 65_536

    private static func withChunks(_ path: String, size: Int64, _ body: (UnsafeRawBufferPointer) throws -> Void) throws
    {
        let descriptor = try open(path)
        defer { close(descriptor) }
        try withUnsafeTemporaryAllocation(byteCount: chunk, alignment: 16) { buffer in
            var left = size
            while left > 0 {
                let count = Glibc.read(descriptor, buffer.baseAddress, Int(min(left, Int64(buffer.count))))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw cutShort }
                try body(UnsafeRawBufferPointer(rebasing: buffer.prefix(count)))
                left -= Int64(count)
            }
        }
    }

    private static func open(_ path: String) throws(HTTPError) -> Int32 {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw HTTPError(.internalServerError, "The spooled body could not be opened.") }
        return descriptor
    }

    private static var cutShort: HTTPError {
        HTTPError(.internalServerError, "The spooled body could not be read to its end.")
    }

    private static func read(_ path: String, size: Int) throws(HTTPError) -> [UInt8] {
        let descriptor = try open(path)
        defer { close(descriptor) }
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
            while filled < size {
                let count = Glibc.read(descriptor, buffer.baseAddress! + filled, size - filled)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    failed = true
                    return
                }
                filled += count
            }
        }
        if failed { throw cutShort }
        return bytes
    }
}
