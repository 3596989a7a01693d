/// The page for an error that nobody handles: HTML, or JSON when the client would rather have it.
enum ErrorPage {
    static func make(_ error: HTTPError, _ request: Request) -> Response {
        var response = request.wantsJSON ? json(error, request) : html(error, request)
        response.headers.merge(error.headers)
        return response
    }

    private static func json(_ error: HTTPError, _ request: Request) -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.key("error")
        json.value(error.status.reason)
        json.key("message")
        json.value(error.reason)
        json.key("status")
        json.value(error.status.code)
        if error.status.code >= 500 {
            json.key("request_id")
            json.value(request.requestID)
        }
        json.endObject()
        json.endLine()
        return .json(json.bytes, status: error.status)
    }

    private static func html(_ error: HTTPError, _ request: Request) -> Response {
        var page = Array("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n".utf8)
        page += "<meta name=\"viewport\" content=\"width=device-width\">\n<title>\(error.status)</title>\n".utf8
        page += style.utf8
        let details = ErrorDetails(request)
        if details != nil { page += ErrorDetails.style.utf8 }
        page += "</head>\n<body>\n<h1>\(error.status.reason)</h1>\n<p>".utf8
        HTMLEscape.append(error.reason, to: &page)
        page += "</p>\n".utf8
        if error.status.code >= 500 {
            page += "<p class=\"id\">Request ".utf8
            HTMLEscape.append(request.requestID, to: &page)
            page += "</p>\n".utf8
        }
        details?.append(to: &page)
        page += "</body>\n</html>\n".utf8
        return .html(page, status: error.status)
    }

    private static let style = """
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto 0; padding: 0 1rem; color: #222 }
        h1 { font-size: 1.6rem; font-weight: 600 }
        .id { color: #767676; font-size: .85rem }
        </style>

        """
}
