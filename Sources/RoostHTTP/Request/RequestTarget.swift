/// Where path and query lie: in REQUEST_URI as the client sent them, or in PATH_INFO and QUERY_STRING.
struct RequestTarget {
    var path: Range<Int>
    var query: Range<Int>
    var decodedPath: [UInt8]?

    init(_ variables: ServerVariables) {
        guard let target = variables.range(of: "REQUEST_URI") else {
            // CGI has decoded PATH_INFO already: a percent sign in it is a percent sign.
            path = variables.range(of: "PATH_INFO") ?? 0..<0
            query = variables.range(of: "QUERY_STRING") ?? 0..<0
            return
        }
        (path, query) = variables.withStorage { Self.split($0, target) }
        decodedPath = variables.withStorage { [path] bytes in
            bytes[path].contains(ASCII.percent) ? PercentCoding.decode(bytes[path]) : nil
        }
    }

    private static func split(
        _ bytes: UnsafeBufferPointer<UInt8>, _ target: Range<Int>
    ) -> (path: Range<Int>, query: Range<Int>) {
        let end = bytes[target].firstIndex { $0 == ASCII.question || $0 == UInt8(ascii: "#") } ?? target.upperBound
        let start = pathStart(bytes, target.lowerBound..<end)
        guard end < target.upperBound, bytes[end] == ASCII.question else { return (start..<end, end..<end) }
        let stop = bytes[end..<target.upperBound].firstIndex(of: UInt8(ascii: "#")) ?? target.upperBound
        return (start..<end, end + 1..<stop)
    }

    /// Skips the scheme and host of an absolute target (`http://host/path`).
    private static func pathStart(_ bytes: UnsafeBufferPointer<UInt8>, _ target: Range<Int>) -> Int {
        guard let first = target.first, bytes[first] != ASCII.slash else { return target.lowerBound }
        var index = target.lowerBound
        while index < target.upperBound, ASCII.isLetter(bytes[index]) { index += 1 }
        guard index + 2 < target.upperBound, bytes[index] == ASCII.colon, bytes[index + 1] == ASCII.slash,
            bytes[index + 2] == ASCII.slash
        else { return target.lowerBound }
        return bytes[index + 3..<target.upperBound].firstIndex(of: ASCII.slash) ?? target.upperBound
    }
}
