/// The header block of one part of a multipart body.
enum PartHeaders {
    /// Reads lines of `Name: value`; a line that begins with a blank continues the one before.
    ///
    /// Throws 400 for a line that is no header.
    static func read(_ block: ArraySlice<UInt8>) throws(HTTPError) -> Headers {
        var lines: [[UInt8]] = []
        for line in block.split(whereSeparator: { $0 == ASCII.lineFeed || $0 == ASCII.carriageReturn }) {
            if let first = line.first, first == ASCII.space || first == ASCII.tab, !lines.isEmpty {
                lines[lines.count - 1] += [ASCII.space] + line.trimmed()
            } else {
                lines.append(Array(line))
            }
        }
        var headers = Headers()
        for line in lines where !line.trimmed().isEmpty { try add(line, to: &headers) }
        return headers
    }

    private static func add(_ line: [UInt8], to headers: inout Headers) throws(HTTPError) {
        let colon = line.firstIndex(of: ASCII.colon) ?? line.endIndex
        let name = String(decoding: line[..<colon].trimmed(), as: UTF8.self)
        let value = String(decoding: line[min(colon + 1, line.endIndex)...].trimmed(), as: UTF8.self)
        do {
            try headers.add(name, value)
        } catch {
            throw HTTPError(.badRequest, "A part of the form has a malformed header: \(error).")
        }
    }
}
