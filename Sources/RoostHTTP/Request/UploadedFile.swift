import Glibc

/// A file that a browser sent in a form.
///
/// ```swift
/// if let photo = try request.files["photo"], photo.size < 1_000_000 {
///     try photo.save(to: "\(folder)/\(photo.secureFilename)")
/// }
/// ```
///
/// Nothing that the client said about the file is to be believed: neither its name nor its type.
public struct UploadedFile {
    /// The name of the form's field.
    public let name: String
    /// The name the client gave the file, as it was sent. Never use it as a path: see `secureFilename`.
    public let filename: String
    /// The headers of the part, in the order sent.
    public let headers: Headers
    let content: UploadedContent

    /// A file in memory, for tests and tools.
    /// - Parameters:
    ///   - name: the name of the form's field
    ///   - filename: the name of the file
    ///   - contentType: its media type
    ///   - bytes: what it holds
    public init(name: String, filename: String, contentType: String = "application/octet-stream", bytes: [UInt8]) {
        self.init(name: name, filename: filename, headers: ["Content-Type": contentType], content: .memory(bytes))
    }

    init(name: String, filename: String, headers: Headers, content: UploadedContent) {
        self.name = name
        self.filename = filename
        self.headers = headers
        self.content = content
    }

    /// The name made safe for a folder: ASCII letters, digits, `_`, `-` and `.` only, no path. It may be empty.
    public var secureFilename: String { SecureFilename.of(filename) }

    /// The media type that the client claims, with its parameters; empty when it claims none.
    public var contentType: String { headers["Content-Type"] ?? "" }

    /// How many bytes the file has.
    public var size: Int64 {
        switch content {
        case .memory(let bytes): Int64(bytes.count)
        case .spooled(let file): file.size
        }
    }

    /// Whether the form's file field was left empty: browsers send a part without name and content then.
    public var isEmpty: Bool { filename.isEmpty && size == 0 }

    /// Where the file lies on disk while the request lasts; nil when it is in memory.
    public var spoolPath: String? { if case .spooled(let file) = content { file.path } else { nil } }

    /// The whole file. Throws 413 when it is larger than `limit` bytes, 500 when the spooled file cannot be read.
    public func bytes(limit: Int64 = .max) throws(HTTPError) -> [UInt8] { try content.body.bytes(limit: limit) }

    /// Lends the file piece by piece, 64 KB at most each. Throws what `body` throws, and 500 when it cannot be read.
    public func withChunks(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try content.body.withChunks(body)
    }

    /// Writes the file to a path, replacing what is there. The folder must exist.
    ///
    /// It is written beside the path first and then moved there: nobody sees half a file.
    /// - Throws: `UploadError` with the system's reason.
    public func save(to path: String) throws {
        var template = Array("\(path).part-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw UploadError(path: path, code: errno) }
        defer { close(descriptor) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        do {
            try withChunks { try Self.write($0, to: descriptor, path) }
            // mkstemp makes it private; an ordinary file is wanted.
            guard fchmod(descriptor, 0o644) == 0, rename(template, path) == 0 else {
                throw UploadError(path: path, code: errno)
            }
        } catch {
            unlink(template)
            throw error
        }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ path: String) throws {
        guard SpoolFile.write(bytes, to: descriptor) else { throw UploadError(path: path, code: errno) }
    }
}

/// Why an uploaded file could not be kept.
public struct UploadError: Error, CustomStringConvertible {
    public let path: String
    /// The system's `errno`.
    public let code: Int32

    public var description: String { "the upload cannot be written to \(path): \(String(cString: strerror(code)))" }
}

/// Where the bytes of an uploaded file are.
enum UploadedContent {
    case memory([UInt8])
    case spooled(SpoolFile)

    var body: RequestBody {
        switch self {
        case .memory(let bytes): .bytes(bytes)
        case .spooled(let file): .file(path: file.path, size: file.size)
        }
    }
}
