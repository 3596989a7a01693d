/// An answer that is an error: a status, a sentence that is safe to show, and headers that belong to it.
public struct HTTPError: Error, CustomStringConvertible {
    public var status: Status
    /// What the reader of the error page may know.
    public var reason: String
    public var headers: Headers

    public init(_ status: Status, _ reason: String? = nil, headers: Headers = Headers()) {
        self.status = status
        self.reason = reason ?? Self.usualReason(status)
        self.headers = headers
    }

    public var description: String { "\(status): \(reason)" }

    private static func usualReason(_ status: Status) -> String {
        switch status.code {
        case 400: "The request could not be understood."
        case 401: "You need to log in to see this page."
        case 403: "You do not have the permission to see this page."
        case 404: "There is no page at this address."
        case 405: "This address does not answer that method."
        case 413: "The request is larger than this server accepts."
        case 429: "Too many requests came from your address. Please wait a moment."
        case 500: "The server could not answer because of an error on its side."
        case 503: "The server is busy. Please try again in a moment."
        default: status.reason + "."
        }
    }
}
