internal import Glibc
internal import Roost
internal import RoostCommands
internal import RoostDatabase
internal import RoostHTTP
internal import RoostPostgres

/// An application that misbehaves on request; the process tests drive it through the real nginx.
enum Fixture: Application {
    static let name = "roost-fixture"

    static let settings = [
        Setting("fixture.boot", .choice(["ok", "throw", "crash", "hang"]), "ok", "what a worker does when it boots"),
        Setting("fixture.boot_file", .text, nil, "while this file exists, workers crash at boot"),
        Setting("fixture.signs", .flag, "false", "whether it needs the secret key"),
    ]

    static func makeApp(_ settings: Settings) throws -> App {
        let app = App(name, settings: settings)
        try app.useDatabase(settings)
        try addPages(to: app)
        try addFaults(to: app)
        try addBodies(to: app)
        try addQueries(to: app)
        try bootAsTold(app, settings)
        if try settings.flag("fixture.signs") { app.requireSecretKey(for: "tokens") }
        return app
    }

    private static func addPages(to app: App) throws {
        try app.get("/hello", endpoint: "hello") { (_: Request) in Response.text("Hello, World!") }
        try app.get("/pid", endpoint: "pid") { (_: Request) in Response.text("\(getpid())") }
        try app.get("/sleep/<int:ms>", endpoint: "sleep") { (_: Request, ms: Int) in
            pause(milliseconds: ms)
            return Response.text("slept \(ms)")
        }
        try app.post("/sleep/<int:ms>", endpoint: "sleep_post") { (_: Request, ms: Int) in
            pause(milliseconds: ms)
            return Response.text("slept \(ms)")
        }
        try app.requiring(.rate(.perHour(10))).get("/limited", endpoint: "limited") { (_: Request) in
            pause(milliseconds: 20)
            return Response.text("\(getpid())")
        }
    }

    private static func addFaults(to app: App) throws {
        try app.get("/stuck", endpoint: "stuck") { (_: Request) in
            while true { pause(milliseconds: 1000) }
            return Response.text("never")
        }
        try app.get("/crash", endpoint: "crash") { (_: Request) in
            // A real fault: a signal sent by kill would be survived after Swift's handler has printed its stack.
            UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
            return Response.text("never")
        }
        try app.get("/child", endpoint: "child") { (_: Request) in Response.text("\(try runChild())") }
        try app.get("/fail", endpoint: "fail") { (_: Request) -> Response in throw FixtureError() }
        try app.get("/header", endpoint: "header") { (request: Request) in
            var response = Response.text("header")
            response.headers["X-Echo"] = request.query["value"] ?? ""
            return response
        }
    }

    private static func addBodies(to app: App) throws {
        try app.post("/upload", endpoint: "upload") { (request: Request) -> Response in
            switch request.http.body {
            case .none: .text("none 0")
            case .bytes(let bytes): .text("memory \(bytes.count)")
            case .file(_, let size): .text("file \(size)")
            }
        }
        try app.post("/photo", endpoint: "photo") { (request: Request) -> Response in
            guard let photo = try request.files["photo"] else { throw HTTPError(.badRequest) }
            let path = "/tmp/roost-p-photo-\(getpid())"
            try photo.save(to: path)
            defer { unlink(path) }
            var info = stat()
            guard stat(path, &info) == 0 else { throw FixtureError() }
            return .text("\(photo.secureFilename) \(info.st_size) of \(try request.form["title"] ?? "nothing")")
        }
        try app.get("/bytes/<int:count>", endpoint: "bytes") { (_: Request, count: Int) in
            Response([UInt8](repeating: UInt8(ascii: "x"), count: count), contentType: "application/octet-stream")
        }
        try app.get("/chunks/<int:count>", endpoint: "chunks") { (_: Request, count: Int) in
            var left = count
            return Response(body: .chunks {
                left -= 1
                return left < 0 ? nil : Array("chunk \(left)\n".utf8)
            })
        }
        try app.get("/echo", endpoint: "echo") { (request: Request) in
            Response.text("path=\(request.path) q=\(request.query["q"] ?? "") cookie=\(request.cookies["c"] ?? "")")
        }
    }

    private static func addQueries(to app: App) throws {
        try app.get("/sql/one", endpoint: "sql_one") { (request: Request) in
            let one = try request.database.one("SELECT 1", as: Int.self)
            return Response.text("\(one)")
        }
        try app.get("/sql/rows/<int:count>", endpoint: "sql_rows") { (request: Request, count: Int) in
            for id in 0..<count { _ = try request.database.rows("SELECT \(id)::int") }
            return Response.text("\(count) rows, one by one")
        }
        try app.get("/sql/sleep/<int:ms>", endpoint: "sql_sleep") { (request: Request, ms: Int) in
            let seconds = Double(ms) / 1000
            try request.database.execute("SELECT pg_sleep(\(seconds)), \("a value")::text")
            return Response.text("slept")
        }
    }

    private static func bootAsTold(_ app: App, _ settings: Settings) throws {
        let behaviour = try settings.text("fixture.boot")
        let file = try settings.optionalText("fixture.boot_file")
        try app.onWorkerStart { _ in
            if let file, access(file, F_OK) == 0 { abort() }
            switch behaviour {
            case "throw": throw FixtureError()
            case "crash": abort()
            case "hang": pause(milliseconds: 3_600_000)
            default: break
            }
        }
    }

    /// The exit status of a shell that counts for a while; 128 and more when a signal ended it.
    private static func runChild() throws -> Int32 {
        let words = ["sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; exit 7"]
        var arguments = words.map { strdup($0) } + [nil]
        defer { for word in arguments { free(word) } }
        var pid: pid_t = 0
        guard posix_spawn(&pid, "/bin/sh", nil, nil, &arguments, environ) == 0 else { throw FixtureError() }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 {
            guard errno == EINTR else { throw FixtureError() }
        }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
    }

    /// Sleeps the whole time, whatever signals arrive meanwhile.
    private static func pause(milliseconds: Int) {
        var rest = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
        var left = timespec()
        while nanosleep(&rest, &left) != 0, errno == EINTR { rest = left }
    }
}

struct FixtureError: Error, CustomStringConvertible {
    let description = "the fixture was told to fail"
}
