import Glibc

/// Files of a folder, with ETag, Last-Modified, 304 and ranges. In production nginx serves them; this serves tests and
/// development.
public struct StaticFolder {
    private let root: String

    public init(_ root: String) {
        self.root = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
    }

    /// The response for a path below the folder. Throws 404 for what is not a file there, or would lead out of it.
    public func response(for path: String, to request: Request) throws -> Response {
        guard Self.isInside(path) else { throw HTTPError(.notFound) }
        let file = root + "/" + path
        var info = stat()
        guard stat(file, &info) == 0, info.st_mode & S_IFMT == S_IFREG, isBelowRoot(file) else {
            throw HTTPError(.notFound)
        }
        return respond(file, size: Int64(info.st_size), modified: Int64(info.st_mtim.tv_sec), request)
    }

    private func respond(_ file: String, size: Int64, modified: Int64, _ request: Request) -> Response {
        let etag = "\"\(String(modified, radix: 16))-\(String(size, radix: 16))\""
        var response = Response(body: .file(path: file, offset: 0, length: size))
        response.headers["Content-Type"] = MediaType.ofFile(file)
        response.headers["ETag"] = etag
        response.headers["Last-Modified"] = HTTPDate.text(modified)
        response.headers["Accept-Ranges"] = "bytes"
        if Conditional.isNotModified(request.headers, etag: etag, lastModified: modified) {
            response.status = .notModified
            return response
        }
        switch Conditional.range(request.headers, size: size, etag: etag, lastModified: modified) {
        case .whole: break
        case .part(let offset, let length):
            response.status = 206
            response.headers["Content-Range"] = "bytes \(offset)-\(offset + length - 1)/\(size)"
            response.body = .file(path: file, offset: offset, length: length)
        case .unsatisfiable:
            response.status = 416
            response.headers["Content-Range"] = "bytes */\(size)"
            response.body = .empty
        }
        return response
    }

    /// Refuses `..`, empty and hidden parts, NUL and backslashes before anything asks the file system.
    private static func isInside(_ path: String) -> Bool {
        path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.utf8.first != UInt8(ascii: ".")
                && part.utf8.allSatisfy { $0 != 0 && $0 != UInt8(ascii: "\\") }
        }
    }

    /// A symbolic link in the folder must not lead out of it.
    private func isBelowRoot(_ file: String) -> Bool {
        guard let root = Self.resolved(root), let file = Self.resolved(file) else { return false }
        return file.utf8.starts(with: (root == "/" ? "/" : root + "/").utf8)
    }

    private static func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }
}

/// Media types by the ending of a file's name.
enum MediaType {
    static func ofFile(_ path: String) -> String {
        switch path.split(separator: ".").last?.lowercased() {
        case "html", "htm": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js", "mjs": "text/javascript; charset=utf-8"
        case "txt": "text/plain; charset=utf-8"
        case "json": "application/json"
        case "xml": "application/xml"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "gif": "image/gif"
        case "webp": "image/webp"
        case "ico": "image/vnd.microsoft.icon"
        case "woff": "font/woff"
        case "woff2": "font/woff2"
        case "pdf": "application/pdf"
        case "wasm": "application/wasm"
        case "mp4": "video/mp4"
        default: "application/octet-stream"
        }
    }
}

extension RouteRegistry {
    /// Serves a folder: `urlFor("static", ["filename": "style.css"])`. Throws `SetupError` like any route.
    public func staticFolder(
        _ folder: String, at prefix: String = "/static", endpoint: String = "static", file: StaticString = #fileID,
        line: Int = #line
    ) throws {
        let folder = StaticFolder(folder)
        try get(prefix + "/<path:filename>", endpoint: endpoint, file: file, line: line) {
            (request: Request, filename: String) -> Response in
            try folder.response(for: filename, to: request)
        }
    }
}
