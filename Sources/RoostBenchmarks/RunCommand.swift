internal import ArgumentParser
internal import Glibc
internal import Roost
internal import RoostCommands
internal import RoostDatabase
internal import RoostHTTP
internal import RoostPostgres
internal import RoostTemplates

/// `run`: what the rooms cost in process, without sockets and without a database.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Measures the rooms in process, without sockets or a database.",
        discussion: "Prints microseconds of processor time per operation: the best of five slices.")

    @Option(help: "Seconds for each measurement.")
    var seconds = 1.0

    @Flag(help: "Only what the profiler costs.")
    var profiler = false

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        guard (0.05...60).contains(seconds) else { throw ValidationError("--seconds takes a number from 0.05 to 60.") }
    }

    func run() throws {
        let settings = try options.load(for: BenchmarkApp.self)
        let bench = Bench(seconds: seconds)
        let app = try BenchmarkApp.makeApp(settings)
        try ProfilerCost.addPage(to: app)
        try app.freeze()
        let cost = ProfilerCost(seconds: seconds) { Self.request("/page/invented") }
        if profiler { return try cost.measure(app, settings) }
        bench.measure("hello through the app") { app.respond(to: Self.request("/hello")).finish(bytesWritten: 13) }
        bench.measure("404 through the app") { app.respond(to: Self.request("/no/such/page")).finish(bytesWritten: 13) }
        for count in [10, 100, 1000] { try Self.measureRouting(count, bench) }
        let posts = BenchmarkPost.invented(20)
        bench.measure("JSON of 20 posts") { _ = PostsJSON.bytes(posts) }
        try Self.measurePage(app, posts, bench)
        Self.measureRecorder(app, bench)
        try cost.measure(app, settings)
    }

    /// What the account of a request's statements costs: 20 of them, 5 texts that each run with 4 different values.
    private static func measureRecorder(_ app: App, _ bench: Bench) {
        guard let recorder = app.database?.recorder else { return }
        let request = app.respond(to: request("/hello")).request
        let events = (0..<20).map { number in
            let column = SQL.identifier("column_\(number % 5)")
            return QueryEvent(
                sql: "SELECT id, username, timestamp, body, \(column) FROM posts WHERE author_id = \(number) LIMIT \(9)",
                site: RoostPostgres.CallSite(file: "Flasky/Post.swift", line: number % 5), serverNanoseconds: 100_000)
        }
        bench.measure("recorder: 20 statements") {
            for event in events { recorder.record(event, for: request) }
            recorder.finish(request)
        }
        bench.measure("fingerprint of a statement") { _ = SQLFingerprint(of: events[0].statement) }
    }

    private static func measureRouting(_ count: Int, _ bench: Bench) throws {
        let app = App("routes")
        for number in 0..<count {
            try app.get("/section\(number)/<int:id>/page", endpoint: "page\(number)") { (_: Request, id: Int) in
                Response.text("\(id)")
            }
        }
        try app.freeze()
        let path = "/section\(count - 1)/42/page"
        bench.measure("typed route among \(count)") { app.respond(to: request(path)).finish(bytesWritten: 2) }
    }

    private static func measurePage(_ app: App, _ posts: [BenchmarkPost], _ bench: Bench) throws {
        guard let template = try app.templates?.template(named: "index.html") else { return }
        let context = ["posts": posts.templateValue, "user": TemplateValue.none]
        var output: [UInt8] = []
        try bench.measure("page of 20 posts, rendered") {
            output.removeAll(keepingCapacity: true)
            try template.render(context, into: &output)
        }
    }

    /// A request as nginx sends it.
    private static func request(_ path: String) -> HTTPRequest {
        var variables = ServerVariables()
        variables.reserve(bytes: 2048, variables: 40)
        for (name, value) in common { variables.append(name, value) }
        variables.append("REQUEST_URI", path)
        return HTTPRequest(variables: variables)
    }

    private static let common: [(String, String)] = [
        ("REQUEST_METHOD", "GET"), ("SCRIPT_NAME", ""), ("QUERY_STRING", ""), ("CONTENT_TYPE", ""),
        ("CONTENT_LENGTH", ""), ("SERVER_PROTOCOL", "HTTP/1.1"), ("SERVER_SOFTWARE", "nginx"),
        ("SERVER_NAME", "localhost"), ("SERVER_ADDR", "127.0.0.1"), ("SERVER_PORT", "80"),
        ("REMOTE_ADDR", "127.0.0.1"), ("REMOTE_PORT", "50000"), ("REQUEST_SCHEME", "http"),
        ("GATEWAY_INTERFACE", "CGI/1.1"), ("REQUEST_ID", "0123456789abcdef0123456789abcdef"),
        ("REQUEST_START", "1700000000.123"), ("HTTP_HOST", "localhost"), ("HTTP_USER_AGENT", "benchmark"),
        ("HTTP_ACCEPT", "*/*"), ("HTTP_ACCEPT_ENCODING", "gzip"),
    ]
}

/// Measures by processor time, so that other processes disturb less.
struct Bench {
    let seconds: Double

    /// Prints the best of five slices.
    func measure(_ name: String, _ body: () throws -> Void) rethrows {
        for _ in 0..<200 { try body() }
        var best = Double.infinity
        for _ in 0..<5 { best = min(best, try slice(body)) }
        let hundredths = Int((best * 100).rounded())
        let rest = hundredths % 100
        print(Columns.pad(name, 32) + "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) us")
    }

    private func slice(_ body: () throws -> Void) rethrows -> Double {
        let start = Self.processorSeconds()
        var count = 0
        while true {
            for _ in 0..<100 { try body() }
            count += 100
            let spent = Self.processorSeconds() - start
            if spent >= seconds / 5 { return spent / Double(count) * 1e6 }
        }
    }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
