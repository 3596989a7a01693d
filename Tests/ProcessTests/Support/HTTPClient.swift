import Foundation

/// What came back.
struct Answer: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    subscript(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }

    /// - Throws: `Failure` when the bytes are not a complete HTTP/1.1 answer.
    init(_ bytes: [UInt8], hasBody: Bool = true) throws {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else {
            throw Failure("no answer, but \(bytes.count) bytes: \(String(decoding: bytes.prefix(200), as: UTF8.self))")
        }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count >= 2, let status = Int(words[1]) else { throw Failure("not a status line: \(lines[0])") }
        self.status = status
        headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (String(parts[0]), parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : "")
        }
        let rest = Array(bytes[end.upperBound...])
        let isChunked = headers.contains { $0.name.lowercased() == "transfer-encoding" && $0.value == "chunked" }
        body = isChunked && hasBody ? try Self.joined(rest) : rest
        let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) }
        if hasBody, let length, length != body.count { throw Failure("\(body.count) bytes of \(length) came") }
    }

    private static func joined(_ chunks: [UInt8]) throws -> [UInt8] {
        var (body, rest) = ([UInt8](), chunks[...])
        while let end = rest.firstRange(of: Array("\r\n".utf8)) {
            guard let size = Int(String(decoding: rest[..<end.lowerBound], as: UTF8.self), radix: 16) else { break }
            if size == 0 { return body }
            guard rest.endIndex >= end.upperBound + size + 2 else { break }
            body += rest[end.upperBound..<(end.upperBound + size)]
            rest = rest[(end.upperBound + size + 2)...]
        }
        throw Failure("the chunks break off after \(body.count) bytes")
    }
}

/// A blocking HTTP/1.1 client, one connection for each request. The target and headers go out as they are.
struct HTTPClient: Sendable {
    let port: Int

    func get(_ target: String, _ headers: [String: String] = [:]) throws -> Answer {
        try send("GET", target, headers)
    }

    func send(
        _ method: String, _ target: String, _ headers: [String: String] = [:], body: [UInt8]? = nil
    ) throws -> Answer {
        var lines = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        for (name, value) in headers { lines += "\(name): \(value)\r\n" }
        if let body { lines += "Content-Length: \(body.count)\r\n" }
        return try send(raw: Array((lines + "\r\n").utf8) + (body ?? []), hasBody: method != "HEAD")
    }

    /// Any bytes at all.
    func send(raw bytes: [UInt8], hasBody: Bool = true) throws -> Answer {
        let socket = try Socket(port: port)
        socket.send(bytes)
        return try Answer(socket.readToEnd(), hasBody: hasBody)
    }
}
