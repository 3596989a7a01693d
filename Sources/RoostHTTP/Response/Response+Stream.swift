extension Response {
    /// A body made while it is written: each piece goes to the client as soon as it is there.
    ///
    /// - Parameters:
    ///   - contentType: written by the app, never taken from a client
    ///   - next: makes the next piece; nil ends the body. What it throws is logged and cuts the connection, because the
    ///     status has been sent already
    public static func stream(
        contentType: String = "text/html; charset=utf-8", status: Status = .ok, _ next: @escaping () throws -> [UInt8]?
    ) -> Response {
        var response = Response(status: status, body: .chunks(next))
        response.headers["Content-Type"] = contentType
        return response
    }

    /// A body of texts, made one after the other while they are written: lines of a large CSV, say.
    public static func stream<Texts: Sequence>(
        _ texts: Texts, contentType: String = "text/html; charset=utf-8", status: Status = .ok
    ) -> Response where Texts.Element == String {
        var iterator = texts.makeIterator()
        return stream(contentType: contentType, status: status) { iterator.next().map { Array($0.utf8) } }
    }
}
