/// The headers of a request: a view over its CGI variables, names compared without case.
public struct RequestHeaders: Sequence {
    let variables: ServerVariables

    /// The value of a header, invalid UTF-8 replaced.
    public subscript(name: String) -> String? {
        guard let range = variables.range(ofHeader: name) else { return nil }
        return variables.withStorage { String(decoding: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self) }
    }

    public func contains(_ name: String) -> Bool { variables.range(ofHeader: name) != nil }

    /// Every header, names spelt as usual: `If-None-Match`.
    public func makeIterator() -> IndexingIterator<[(name: String, value: String)]> {
        variables.all.compactMap { variable in
            Self.headerName(variable.name).map { ($0, variable.value) }
        }.makeIterator()
    }

    private static func headerName(_ variable: String) -> String? {
        if variable == "CONTENT_TYPE" { return "Content-Type" }
        if variable == "CONTENT_LENGTH" { return "Content-Length" }
        guard variable.utf8.starts(with: "HTTP_".utf8) else { return nil }
        var startsWord = true
        var bytes: [UInt8] = []
        for byte in variable.utf8.dropFirst(5) {
            bytes.append(byte == ASCII.underscore ? ASCII.dash : startsWord ? byte : ASCII.lowercased(byte))
            startsWord = byte == ASCII.underscore
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
