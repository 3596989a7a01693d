import Glibc

/// Files of a folder, with ETag, Last-Modified, 304 and ranges. In production nginx serves them; this serves tests and
/// development.
public struct StaticFolder {
    let root: String

    public init(_ root: String) {
        self.root = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
    }

    /// The response for a path below the folder. Throws 404 for what is not a file there, or would lead out of it.
    public func response(for path: String, to request: Request) throws -> Response {
        let file = try self.file(path)
        // Its address changes with its content: nobody needs to ask for it again.
        let isVersioned = request.args["v"].map { $0 == request.app.urls.versions.version(of: path, in: self) } ?? false
        var response = try request.sendFile(file)
        if isVersioned { response.headers["Cache-Control"] = "public, max-age=31536000, immutable" }
        return response
    }

    /// The file of a path below the folder. Throws 404 as above.
    private func file(_ path: String) throws -> String {
        guard Self.isInside(path) else { throw HTTPError(.notFound) }
        let file = root + "/" + path
        guard isBelowRoot(file) else { throw HTTPError(.notFound) }
        return file
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

extension RouteRegistry {
    /// Serves a folder: `urlFor("static", ["filename": "style.css"])`. Throws `SetupError` like any route.
    ///
    /// Addresses carry the content's hash (`/static/style.css?v=…`), so that browsers keep files for ever and still
    /// see every change; see `StaticVersions`.
    public func staticFolder(
        _ folder: String, at prefix: String = "/static", endpoint: String = "static",
        options: RouteOptions = RouteOptions(),
        file: StaticString = #fileID, line: Int = #line
    ) throws {
        try add(
            .staticFolder(
                StaticFolder(folder), at: prefix, endpoint: endpoint, options: options,
                site: CallSite(file: file, line: line)))
    }
}

extension RouteRegistration {
    /// The route that serves a folder.
    static func staticFolder(
        _ folder: StaticFolder, at prefix: String, endpoint: String = "static", options: RouteOptions = RouteOptions(),
        site: CallSite
    ) -> RouteRegistration {
        var options = options
        options.staticFolder = folder
        return RouteRegistration(
            pattern: prefix + "/<path:filename>", methods: [.get], endpoint: endpoint, strictSlashes: true,
            kinds: [.text], site: site, options: options
        ) { request in
            var next = VariableReader(request)
            return try folder.response(for: try next.read(String.self), to: request)
        }
    }
}
