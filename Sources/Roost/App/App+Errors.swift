import Logging
public import RoostHTTP
import RoostTemplates

/// An error that knows which page it means, so that a room below can end a request with one.
public protocol HTTPErrorConvertible: Error {
    var httpError: HTTPError { get }
}

extension App {
    /// The page for an error: handlers by status, then by type, innermost first; else our own page.
    func page(for thrown: any Error, _ request: Request) -> Response {
        if let answer = thrown as? ThrownResponse { return answer.response }
        if request.error == nil { request.error = thrown }
        let error = (thrown as? any HTTPErrorConvertible)?.httpError ?? thrown
        do {
            if let response = try handled(error, request) { return response }
            if let error = error as? HTTPError, error.status.code != 500 { return ErrorPage.make(error, request) }
            log(thrown, request, "unhandled error")
            try signals.requestException.send(RequestException(request: request, error: thrown), from: self)
            let hidden = error as? HTTPError ?? HTTPError(.internalServerError)
            return try handled(hidden, request) ?? ErrorPage.make(hidden, request)
        } catch {
            log(error, request, "an error handler failed")
            return ErrorPage.make(HTTPError(.internalServerError), request)
        }
    }

    func log(_ error: any Error, _ request: Request, _ message: Logger.Message) {
        var details: Logger.Metadata = [:]
        if let error = error as? TemplateError { details["template"] = "\(error.report)" }
        logger.error(
            message,
            metadata: details.merging([
                "error": "\(error)", "error_type": "\(type(of: error))", "method": "\(request.method)",
                "path": "\(request.path)", "endpoint": "\(request.endpoint ?? "-")",
                "request_id": "\(request.requestID)",
            ]) { first, _ in first })
    }

    /// What the app's own handlers make of an error; nil when none wants it.
    func handled(_ error: any Error, _ request: Request) throws -> Response? {
        let scopes = (request.route?.scopes ?? [hooks]).reversed()
        if let error = error as? HTTPError {
            for scope in scopes {
                if let response = try scope.byStatus[error.status.code]?(request, error) {
                    return withHeaders(of: error, response)
                }
            }
        }
        for scope in scopes {
            for handler in scope.byType {
                if let response = try handler(request, error) { return response }
            }
        }
        return nil
    }

    /// `Allow`, `Retry-After` and their like belong to the answer whoever makes the page.
    private func withHeaders(of error: HTTPError, _ response: Response) -> Response {
        var response = response
        for header in error.headers where !response.headers.contains(header.name) {
            response.headers[header.name] = header.value
        }
        return response
    }
}
