/// What a form body was read into.
struct ParsedForm {
    var fields = Parameters()
    var files = Files()
}

extension HTTPRequest {
    /// The fields of an urlencoded or multipart form; none when the body is something else.
    ///
    /// Throws 413 or 431 beyond the limits, 400 for form data that is malformed.
    public var form: Parameters { get throws(HTTPError) { try readForm().fields } }

    /// The files of a multipart form; none when the body is something else. Throws as `form`.
    public var files: Files { get throws(HTTPError) { try readForm().files } }

    private func readForm() throws(HTTPError) -> ParsedForm {
        if let parsedForm { return parsedForm }
        let form =
            switch contentType {
            case "application/x-www-form-urlencoded": try urlEncodedForm()
            case "multipart/form-data": try multipartForm()
            default: ParsedForm()
            }
        parsedForm = form
        return form
    }

    private func urlEncodedForm() throws(HTTPError) -> ParsedForm {
        let bytes = try body.bytes(limit: limits.formBytes)
        if bytes.count >= limits.fields, bytes.count(where: { $0 == ASCII.ampersand }) >= limits.fields {
            throw HTTPError(.contentTooLarge, "The form has more than \(limits.fields) fields.")
        }
        return ParsedForm(fields: Parameters(urlEncoded: bytes))
    }

    private func multipartForm() throws(HTTPError) -> ParsedForm {
        let parameters = HeaderParameters(variables["CONTENT_TYPE"] ?? "")
        guard let boundary = parameters["boundary"], (1...200).contains(boundary.utf8.count) else {
            throw HTTPError(.badRequest, "The Content-Type of the form names no proper boundary.")
        }
        var decoder = MultipartDecoder(
            boundary: Array(boundary.utf8), headerLimit: limits.partHeaderBytes, sink: MultipartForm(limits: limits))
        do {
            try body.withChunks { try decoder.receive($0) }
            try decoder.finish()
        } catch let error as HTTPError {
            throw error
        } catch {
            throw HTTPError(.internalServerError, "The form could not be read: \(error).")
        }
        return ParsedForm(fields: Parameters(decoder.sink.fields), files: Files(decoder.sink.files))
    }
}
