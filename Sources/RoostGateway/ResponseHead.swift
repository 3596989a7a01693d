internal import RoostHTTP

/// The CGI form of a response's head: a `Status` line, the headers, an empty line (RFC 3875, section 6.3).
enum ResponseHead {
    static func append(_ response: Response, to head: inout [UInt8]) {
        head.append(contentsOf: "Status: ".utf8)
        append(response.status.code, to: &head)
        head.append(UInt8(ascii: " "))
        head.append(contentsOf: response.status.reason.utf8)
        endLine(&head)
        for (name, value) in response.headers {
            head.append(contentsOf: name.utf8)
            head.append(UInt8(ascii: ":"))
            head.append(UInt8(ascii: " "))
            head.append(contentsOf: value.utf8)
            endLine(&head)
        }
        endLine(&head)
    }

    private static func append(_ number: Int, to head: inout [UInt8]) {
        head.append(contentsOf: String(number).utf8)
    }

    private static func endLine(_ head: inout [UInt8]) {
        head.append(13)
        head.append(10)
    }
}
