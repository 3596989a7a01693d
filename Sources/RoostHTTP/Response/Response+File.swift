import Glibc

extension Response {
    /// The contents of a file, with its type, `ETag`, `Last-Modified`, conditions and ranges.
    ///
    /// - Parameters:
    ///   - path: the file; never let a client choose it freely (`StaticFolder` keeps paths inside a folder)
    ///   - request: whose conditions and ranges count
    ///   - contentType: nil goes by the ending of the name
    ///   - filename: the name to save it by; nil shows it
    ///   - maxAge: seconds that clients may keep it without asking again
    /// - Throws: 404 when there is no such file, 403 when it may not be read.
    public static func file(
        _ path: String, for request: HTTPRequest, contentType: String? = nil, downloadAs filename: String? = nil,
        maxAge: Int? = nil
    ) throws(HTTPError) -> Response {
        var info = stat()
        guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { throw HTTPError(.notFound) }
        guard access(path, R_OK) == 0 else { throw HTTPError(.forbidden) }
        let (size, modified) = (Int64(info.st_size), Int64(info.st_mtim.tv_sec))
        var response = Response(body: .file(path: path, offset: 0, length: size))
        response.headers["Content-Type"] = contentType ?? MediaType.ofFile(path)
        // Nanoseconds too: a file may change twice within a second.
        let stamp = String(modified, radix: 16) + "." + String(Int64(info.st_mtim.tv_nsec), radix: 16)
        response.headers["ETag"] = "\"\(stamp)-\(String(size, radix: 16))\""
        response.headers["Last-Modified"] = HTTPDate.text(modified)
        if let filename { response.headers["Content-Disposition"] = ContentDisposition.value(filename) }
        if let maxAge { response.headers["Cache-Control"] = "public, max-age=\(maxAge)" }
        response.makeConditional(for: request, acceptRanges: true)
        return response
    }
}

/// Media types by the ending of a file's name.
public enum MediaType {
    public static func ofFile(_ path: String) -> String {
        switch path.split(separator: ".").last?.lowercased() {
        case "html", "htm": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js", "mjs": "text/javascript; charset=utf-8"
        case "txt": "text/plain; charset=utf-8"
        case "csv": "text/csv; charset=utf-8"
        case "md": "text/markdown; charset=utf-8"
        case "json": "application/json"
        case "map": "application/json"
        case "webmanifest": "application/manifest+json"
        case "xml": "application/xml"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "gif": "image/gif"
        case "webp": "image/webp"
        case "avif": "image/avif"
        case "ico": "image/vnd.microsoft.icon"
        case "woff": "font/woff"
        case "woff2": "font/woff2"
        case "pdf": "application/pdf"
        case "zip": "application/zip"
        case "gz": "application/gzip"
        case "wasm": "application/wasm"
        case "mp3": "audio/mpeg"
        case "mp4": "video/mp4"
        case "webm": "video/webm"
        default: "application/octet-stream"
        }
    }
}
