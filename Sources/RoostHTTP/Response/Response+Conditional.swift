extension Response {
    /// Adds an ETag of the body when there is none and the body is in memory.
    /// - Parameter weak: the bytes may differ where the meaning is the same, such as before and after compression
    public mutating func addETag(weak: Bool = false) {
        guard case .bytes(let bytes) = body, !headers.contains("ETag") else { return }
        headers["ETag"] = (weak ? "W/" : "") + Conditional.etag(of: bytes)
    }

    /// Makes the response what the request's conditions ask for: 304 for a client whose copy is good, 412 for one that
    /// meant another version, 206 or 416 for a part of it.
    ///
    /// Looks at `ETag` and `Last-Modified` of this response; only a 200 changes.
    /// - Parameters:
    ///   - request: whose conditions count
    ///   - acceptRanges: whether parts of the body may be asked for
    public mutating func makeConditional(for request: HTTPRequest, acceptRanges: Bool = false) {
        guard status == .ok else { return }
        let etag = headers["ETag"]
        let modified = headers["Last-Modified"].flatMap(HTTPDate.seconds)
        switch Conditional.evaluate(request.method, request.headers, etag: etag, lastModified: modified) {
        case .notModified:
            status = .notModified
            body = .empty
        case .failed:
            status = 412
            body = .empty
        case .proceed:
            if acceptRanges { makePartial(for: request, etag: etag ?? "", modified: modified ?? -1) }
        }
    }

    private mutating func makePartial(for request: HTTPRequest, etag: String, modified: Int64) {
        guard let size = body.size else { return }
        headers["Accept-Ranges"] = "bytes"
        guard request.method == .get || request.method == .head else { return }
        switch Conditional.range(request.headers, size: size, etag: etag, lastModified: modified) {
        case .whole: break
        case .part(let offset, let length):
            status = 206
            headers["Content-Range"] = "bytes \(offset)-\(offset + length - 1)/\(size)"
            body = body.part(offset: offset, length: length)
        case .unsatisfiable:
            status = 416
            headers["Content-Range"] = "bytes */\(size)"
            body = .empty
        }
    }
}

extension ResponseBody {
    /// A part of a body whose size is known.
    func part(offset: Int64, length: Int64) -> ResponseBody {
        switch self {
        case .bytes(let bytes): .bytes(Array(bytes[Int(offset)..<Int(offset + length)]))
        case .file(let path, let start, _): .file(path: path, offset: start + offset, length: length)
        case .chunks: self
        }
    }
}
