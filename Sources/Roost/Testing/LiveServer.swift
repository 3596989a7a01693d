import Glibc

/// A server over HTTP/1.1, for the same tests as in process: `TestClient(server: "127.0.0.1:8000")`.
///
/// One connection per request, plain HTTP, five seconds for each wait. For tests, not for the internet.
struct LiveServer {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let address: String
    private let host: String
    private let port: UInt16

    /// - Parameter address: an IPv4 address or `localhost`, and a port
    /// - Throws: `Failure` when it is neither
    init(_ address: String) throws {
        let sides = address.split(separator: ":")
        guard sides.count == 2, let port = UInt16(sides[1]) else {
            throw Failure(description: "\(address) is not ADDRESS:PORT")
        }
        self.address = address
        host = sides[0] == "localhost" ? "127.0.0.1" : String(sides[0])
        self.port = port
    }

    /// Sends a request, and reads its answer to the end.
    func send(_ method: HTTPMethod, _ target: String, headers: [(String, String)], body: [UInt8]) throws -> LiveAnswer {
        let descriptor = try connected()
        defer { close(descriptor) }
        var text = "\(method.rawValue) \(target) HTTP/1.1\r\n"
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        text += "Content-Length: \(body.count)\r\nConnection: close\r\n\r\n"
        try write(Array(text.utf8) + body, to: descriptor)
        return try LiveAnswer(readAll(descriptor), hasBody: method != .head)
    }

    private func connected() throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw failure("no socket") }
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = port.bigEndian
        guard inet_pton(AF_INET, host, &place.sin_addr) == 1 else {
            close(descriptor)
            throw Failure(description: "\(host) is no IPv4 address")
        }
        let result = withUnsafePointer(to: &place) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            let reason = failure("no connection")
            close(descriptor)
            throw reason
        }
        return descriptor
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress! + sent, $0.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("the request could not be sent") }
            sent += count
        }
    }

    private func readAll(_ descriptor: Int32) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw failure("the answer did not come to its end") }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }

    private func failure(_ what: String) -> Failure {
        Failure(description: "\(address): \(what): \(String(cString: strerror(errno)))")
    }
}

/// An answer as it came over the wire.
struct LiveAnswer {
    let status: Status
    private(set) var headers = Headers()
    private(set) var body: [UInt8] = []

    init(_ bytes: [UInt8], hasBody: Bool) throws {
        guard let end = Self.endOfHead(bytes) else { throw LiveServer.Failure(description: "the answer has no head") }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ", maxSplits: 2) ?? []
        guard words.count >= 2, let code = Int(words[1]) else {
            throw LiveServer.Failure(description: "the answer has no status")
        }
        status = Status(code)
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            try headers.add(String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " }))
        }
        guard hasBody else { return }
        let rest = bytes[(end + 4)...]
        let isChunked = headers["Transfer-Encoding"]?.lowercased() == "chunked"
        body = isChunked ? try Self.joined(rest) : Array(rest)
        if let length = headers["Content-Length"].flatMap({ Int($0) }), length != body.count {
            throw LiveServer.Failure(description: "the answer has \(body.count) of \(length) bytes")
        }
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        bytes.indices.dropLast(3).first { bytes[$0] == 13 && bytes[$0...].starts(with: [13, 10, 13, 10]) }
    }

    /// Puts chunks together (RFC 9112, section 7.1).
    private static func joined(_ chunks: ArraySlice<UInt8>) throws -> [UInt8] {
        var body: [UInt8] = []
        var rest = chunks
        while true {
            let line = rest.prefix { $0 != 13 }
            let digits = String(decoding: line.prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
            guard let size = Int(digits, radix: 16), rest.count >= line.count + 4 + size else {
                throw LiveServer.Failure(description: "the answer ends inside a chunk")
            }
            if size == 0 { return body }
            rest = rest.dropFirst(line.count + 2)
            body += rest.prefix(size)
            rest = rest.dropFirst(size + 2)
        }
    }
}
