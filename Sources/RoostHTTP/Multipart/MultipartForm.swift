/// The fields and files of a multipart/form-data body under way.
struct MultipartForm: MultipartSink {
    private enum Part {
        case field(name: String, charset: String)
        case file(name: String, filename: String, headers: Headers)
    }

    private(set) var fields: [(name: String, value: String)] = []
    private(set) var files: [UploadedFile] = []
    private let limits: RequestLimits
    private var part: Part?
    private var parts = 0
    private var fieldBytes: Int64 = 0
    /// The bytes of the part under way, unless they went to `spool`.
    private var bytes: [UInt8] = []
    private var spool: SpoolFile?

    init(limits: RequestLimits) { self.limits = limits }

    mutating func begin(_ headers: Headers) throws(HTTPError) {
        parts += 1
        guard parts <= limits.parts else {
            throw HTTPError(.contentTooLarge, "The form has more than \(limits.parts) parts.")
        }
        guard let text = headers["Content-Disposition"] else {
            throw HTTPError(.badRequest, "Part \(parts) of the form has no Content-Disposition.")
        }
        let disposition = HeaderParameters(text)
        guard let name = disposition["name"] else {
            throw HTTPError(.badRequest, "Part \(parts) of the form has no name.")
        }
        if let filename = disposition["filename"] {
            part = .file(name: name, filename: filename, headers: headers)
        } else {
            part = .field(name: name, charset: Self.charset(headers))
            try count(name.utf8.count)
        }
    }

    mutating func append(_ data: UnsafeRawBufferPointer) throws(HTTPError) {
        guard case .file(let name, _, _) = part else {
            try count(data.count)
            bytes.append(contentsOf: data)
            return
        }
        let size = (spool?.size ?? Int64(bytes.count)) + Int64(data.count)
        guard size <= limits.fileBytes else {
            throw HTTPError(
                .contentTooLarge,
                "The file of the field \(name.debugDescription) is larger than \(limits.fileBytes) bytes.")
        }
        if spool == nil, size > limits.fileSpoolAbove { try startSpool() }
        if let spool { try spool.append(data) } else { bytes.append(contentsOf: data) }
    }

    mutating func end() {
        switch part {
        case .field(let name, let charset): fields.append((name, Charset.text(bytes, charset)))
        case .file(let name, let filename, let headers):
            spool?.finish()
            let content = spool.map { UploadedContent.spooled($0) } ?? .memory(bytes)
            files.append(UploadedFile(name: name, filename: filename, headers: headers, content: content))
        case nil: break
        }
        (part, spool, bytes) = (nil, nil, [])
    }

    private mutating func startSpool() throws(HTTPError) {
        let file = try SpoolFile(folder: limits.spoolFolder)
        var failure: HTTPError?
        bytes.withUnsafeBytes { bytes in
            do throws(HTTPError) { try file.append(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
        (spool, bytes) = (file, [])
    }

    private mutating func count(_ more: Int) throws(HTTPError) {
        fieldBytes += Int64(more)
        guard fieldBytes <= limits.formBytes else {
            throw HTTPError(.contentTooLarge, "The fields of the form are larger than \(limits.formBytes) bytes.")
        }
    }

    private static func charset(_ headers: Headers) -> String {
        guard let type = headers["Content-Type"], let name = HeaderParameters(type)["charset"]?.lowercased(),
            Charset.isKnown(name)
        else { return "utf-8" }
        return name
    }
}
