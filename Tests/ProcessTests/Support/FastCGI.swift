/// FastCGI records made by hand, for a client that stops half-way.
enum FastCGI {
    static func record(_ type: UInt8, _ content: [UInt8]) -> [UInt8] {
        [1, type, 0, 1, UInt8(content.count >> 8), UInt8(content.count & 0xFF), 0, 0] + content
    }

    /// A responder that closes the connection afterwards.
    static let begin = record(1, [0, 1, 0, 0, 0, 0, 0, 0])
    static let endOfParameters = record(4, [])
    static let endOfInput = record(5, [])

    static func parameters(_ pairs: [(String, String)]) -> [UInt8] {
        record(4, pairs.flatMap { name, value in length(name) + length(value) + Array(name.utf8) + Array(value.utf8) })
    }

    static func get(_ path: String) -> [UInt8] {
        let pairs = [
            ("REQUEST_METHOD", "GET"), ("PATH_INFO", path), ("REQUEST_URI", path), ("SCRIPT_NAME", ""),
            ("QUERY_STRING", ""), ("SERVER_PROTOCOL", "HTTP/1.1"),
        ]
        return begin + parameters(pairs) + endOfParameters + endOfInput
    }

    private static func length(_ text: String) -> [UInt8] {
        let count = text.utf8.count
        return count < 128 ? [UInt8(count)] : [UInt8(count >> 24) | 0x80, UInt8(count >> 16 & 255), UInt8(count >> 8 & 255), UInt8(count & 255)]
    }
}
