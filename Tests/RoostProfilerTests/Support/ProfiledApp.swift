import Logging
import Roost
import RoostHTTP

@testable import RoostProfiler

/// An app with pages that burn time, fail and render nothing, under the profiler.
func profiledApp(_ change: (inout ProfilerSettings) -> Void) throws -> App {
    let app = App("profiled")
    app.logger.logLevel = .critical
    try app.get("/burn/<int:ms>", endpoint: "burn") { (_: Request, ms: Int) in
        Response.text("\(Work.burn(milliseconds: ms))")
    }
    try app.get("/fast", endpoint: "fast") { (_: Request) in Response.text("fast") }
    try app.get("/fail", endpoint: "fail") { (_: Request) -> Response in throw Work.Refused() }
    try app.get("/sql", endpoint: "sql") { (request: Request) in
        let site = RequestTrace.Span.Site(file: "Example/Posts.swift", line: 12)
        request.trace.measure(.sql, "SELECT 1;\n  -- a comment", phase: .sql, site: site) {
            _ = Work.burn(milliseconds: 60)
        }
        return Response.text("done")
    }
    var settings = ProfilerSettings()
    settings.hertz = 1000
    change(&settings)
    try app.useProfiler(settings)
    try app.freeze()
    return app
}

extension ProfileFolder {
    /// The names there, as text.
    var found: [String] { get throws { try names().map(\.text) } }
}
