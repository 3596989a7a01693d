internal import Roost
internal import RoostTemplates

extension Flasky {
    /// The application's own pages for the errors people meet; JSON for those who ask for it.
    static func addErrorPages(to app: App) throws {
        for (status, template, name) in [
            (Status(403), "403.html", "forbidden"), (404, "404.html", "not found"), (500, "500.html", "internal server error"),
        ] {
            try app.errorHandler(status) { (request: Request, _: HTTPError) -> Response in
                if request.wantsJSON { return try JSON(["error": .string(name)], status: status).response(to: request) }
                return try request.render(template, ["request_id": request.requestID], status: status)
            }
        }
    }
}
