extension Request {
    /// Answers with a file: type, validators, conditions, ranges. With `app.accelRedirects` for its folder the web
    /// server sends it itself (`X-Accel-Redirect`).
    ///
    /// ```swift
    /// try app.get("/report") { request in
    ///     try request.sendFile("/var/reports/may.pdf", downloadAs: "Report of May.pdf")
    /// }
    /// ```
    ///
    /// - Parameters: see `Response.file`
    /// - Throws: 404 when there is no such file, 403 when it may not be read.
    public func sendFile(
        _ path: String, contentType: String? = nil, downloadAs filename: String? = nil, maxAge: Int? = nil
    ) throws -> Response {
        var response = try Response.file(
            path, for: http, contentType: contentType, downloadAs: filename, maxAge: maxAge)
        guard let location = app.accelRedirects.location(of: path) else { return response }
        // The web server weighs conditions and ranges by itself: it gets the type and the name, and the rest to do.
        response.status = .ok
        response.body = .empty
        for name in ["ETag", "Last-Modified", "Accept-Ranges", "Content-Range"] { response.headers.remove(name) }
        response.headers["X-Accel-Redirect"] = location
        return response
    }
}

/// Folders whose files nginx sends itself, and the internal locations it knows them by.
public struct AccelRedirects {
    private var folders: [(folder: String, location: String)] = []

    public init() {}

    /// Files in `folder` are sent from `location`: nginx has `location /protected/ { internal; alias /var/files/; }`.
    public mutating func add(folder: String, location: String) {
        folders.append((Self.closed(folder), Self.closed(location)))
    }

    /// The encoded address of a file for nginx; nil when its folder is none of these.
    func location(of path: String) -> String? {
        guard !path.split(separator: "/").contains("..") else { return nil }
        return folders.first { path.hasPrefix($0.folder) }.map { folder, location in
            location + PercentCoding.encodePath(path.dropFirst(folder.count).utf8)
        }
    }

    private static func closed(_ path: String) -> String { path.hasSuffix("/") ? path : path + "/" }
}
