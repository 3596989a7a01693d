import CFCGI
import Glibc
import RoostHTTP
import Testing

@testable import RoostGateway

@Suite("An answer on its connection")
struct ResponseWriterTests {
    private struct Broken: Error {}

    /// What the web server receives of a stream, as text with the records' heads in it.
    private func received(_ next: @escaping () throws -> [UInt8]?) throws -> (text: String, aborted: Bool) {
        try received(.chunks(next))
    }

    private func received(_ body: ResponseBody) throws -> (text: String, aborted: Bool) {
        var ends: [Int32] = [0, 0]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        let reader = Reader(ends[1])
        var request = FCGX_Request()
        (request.ipcFd, request.requestId) = (ends[0], 1)
        var writer = ResponseWriter(request: request, head: []) { _ in }
        writer.write(Response(body: body))
        close(ends[0])
        return (String(decoding: reader.finish(), as: UTF8.self), writer.aborted)
    }

    /// The end of a request: an empty record of output, and the one that says it.
    private let end = "\u{1}\u{6}\0\u{1}\0\0\0\0\u{1}\u{3}\0\u{1}\0\u{8}"

    @Test("a stream has its head, its chunks and its end")
    func stream() throws {
        var chunks: [[UInt8]] = [Array("one".utf8), [], Array("two".utf8)]
        let (text, aborted) = try received { chunks.isEmpty ? nil : chunks.removeFirst() }
        #expect(!aborted && text.contains("Status: 200 OK") && text.contains("one") && text.contains("two"))
        #expect(text.contains(end))
    }

    @Test("what has no bytes has its head and its end")
    func empty() throws {
        for body in [ResponseBody.bytes([]), .chunks { nil }, .file(path: "/dev/null", offset: 0, length: 0)] {
            let (text, aborted) = try received(body)
            #expect(!aborted && text.contains("Status: 200 OK") && text.contains(end))
        }
    }

    @Test("a stream that fails has no end, and has its head, or the web server would ask the other workers", arguments: [0, 1])
    func failing(after count: Int) throws {
        var left = count
        let (text, aborted) = try received {
            guard left > 0 else { throw Broken() }
            left -= 1
            return Array("chunk".utf8)
        }
        #expect(aborted && text.contains("Status: 200 OK") && text.contains("chunk") == (count > 0))
        #expect(!text.contains(end))
    }
}
