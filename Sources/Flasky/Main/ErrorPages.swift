internal import Roost
internal import RoostHTTP
internal import RoostTemplates

extension Flasky {
    /// The application's own pages for the errors people meet; JSON for those who ask for it.
    static func addErrorPages(to app: App) throws {
        for status in [Status(400), 403, 404, 405, 429, 500] {
            try app.errorHandler(status) { (request: Request, error: HTTPError) -> Response in
                var response = try answer(request, error, status)
                response.vary(on: "Accept")
                return response
            }
        }
    }

    private static func answer(_ request: Request, _ error: HTTPError, _ status: Status) throws -> Response {
        if request.wantsErrorJSON(status) {
            return try ErrorJSON.output(ErrorJSON(error), status: status).response(to: request)
        }
        if request.isAboutAPI {
            // Its credentials are those of this one call: they are no login, and a page is not to make one of them.
            request.setCurrentUser(nil)
        } else if status == .internalServerError {
            forgetUnknownUser(request)
        }
        return try request.render(
            "\(status.code).html",
            ["request_id": request.requestID, "reason": error.reason, "is_about_api": request.isAboutAPI], status: status)
    }

    /// The page says who is logged in, and to ask the database that may be what failed: then it is a stranger's.
    private static func forgetUnknownUser(_ request: Request) {
        do { _ = try request.currentUser } catch { request.setCurrentUser(nil) }
    }
}

/// An error as clients see it that want JSON: the three kinds of the book have no message.
struct ErrorJSON {
    let error: String
    let message: String?

    init(_ error: HTTPError) {
        self.error = error.status.reason.lowercased()
        message = [403, 404, 500].contains(error.status.code) ? nil : error.reason
    }

    static let output = Output<ErrorJSON>("Error", .field("error", \.error), .optional("message", \.message))
}

extension Request {
    /// Whether an error is answered in JSON: when it is accepted and no kind of HTML is.
    ///
    /// The book's API says 405 and 400 in HTML to everybody. There it is JSON unless the client would rather have HTML.
    fileprivate func wantsErrorJSON(_ status: Status) -> Bool {
        if isAboutAPI, ![403, 404, 500].contains(status.code) {
            return accept.best(of: ["application/json", "text/html"]) != "text/html"
        }
        let pages = ["text/html", "application/xhtml+xml", "application/xml"]
        return accept.quality(of: "application/json") > 0 && pages.allSatisfy { accept.quality(of: $0) == 0 }
    }

    /// Whether it is a call of the API, or would be one if there were such a resource.
    var isAboutAPI: Bool { path.utf8.starts(with: "/api/".utf8) }
}
