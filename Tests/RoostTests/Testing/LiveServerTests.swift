import Glibc
import Testing

@testable import Roost

@Suite("The test client against a running server")
struct LiveServerTests {
    /// Listens on a free port of the loopback interface and gives one fixed answer to one connection, in a thread: the
    /// client waits for it.
    private final class OneAnswer: @unchecked Sendable {
        let port: UInt16
        private let descriptor: Int32
        private let answer: [UInt8]
        private var thread = pthread_t()
        private(set) var received: [UInt8] = []

        init(_ answer: String) throws {
            self.answer = Array(answer.utf8)
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var place = sockaddr_in()
            place.sin_family = sa_family_t(AF_INET)
            place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let descriptor = descriptor
            let isOpen = withUnsafeMutablePointer(to: &place) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    bind(descriptor, address, size) == 0 && listen(descriptor, 1) == 0
                        && getsockname(descriptor, address, &size) == 0
                }
            }
            try #require(isOpen)
            port = UInt16(bigEndian: place.sin_port)
            pthread_create(
                &thread, nil,
                { pointer in
                    Unmanaged<OneAnswer>.fromOpaque(pointer!).takeUnretainedValue().serve()
                    return nil
                }, Unmanaged.passUnretained(self).toOpaque())
        }

        private func serve() {
            let connection = accept(descriptor, nil, nil)
            var buffer = [UInt8](repeating: 0, count: 4096)
            while !received.suffix(4).elementsEqual([13, 10, 13, 10])
                && !received.suffix(3).elementsEqual(Array("a=1".utf8))
            {
                let count = recv(connection, &buffer, buffer.count, 0)
                guard count > 0 else { break }
                received += buffer[..<count]
            }
            _ = answer.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, 0) }
            close(connection)
            close(descriptor)
        }

        func finish() -> String {
            pthread_join(thread, nil)
            return String(decoding: received, as: UTF8.self)
        }
    }

    @Test("a request goes out with its headers, form and cookies; the answer's chunks are joined, its cookies kept")
    func exchange() throws {
        let server = try OneAnswer(
            "HTTP/1.1 201 Created\r\nSet-Cookie: s=1; Path=/\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"
        )
        let client = try TestClient(server: "127.0.0.1:\(server.port)")
        client.cookies["c"] = "2"
        let response = client.post("/x?y=1", form: ["a": "1"], headers: ["X-Test": "yes"])
        let sent = server.finish()
        #expect(response.status == 201 && response.text == "abcde" && response.error == nil)
        #expect(client.cookies == ["c": "2", "s": "1"])
        #expect(sent.hasPrefix("POST /x?y=1 HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n"))
        for line in ["Cookie: c=2\r\n", "X-Test: yes\r\n", "Content-Length: 3\r\n", "\r\n\r\na=1"] {
            #expect(sent.contains(line))
        }
    }

    @Test(
        "an answer that is cut short, or none, is status 0 with the reason",
        arguments: [
            ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "3 of 10 bytes"), ("", "no head"),
            ("nonsense\r\n\r\n", "no status"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc", "inside a chunk"),
        ])
    func broken(answer: String, reason: String) throws {
        let server = try OneAnswer(answer)
        let response = try TestClient(server: "127.0.0.1:\(server.port)").get("/")
        _ = server.finish()
        #expect(response.status == 0)
        #expect("\(response.error ?? LiveServer.Failure(description: ""))".contains(reason))
    }

    @Test("nobody there is status 0; an address that is none is refused")
    func nobody() throws {
        #expect(try TestClient(server: "127.0.0.1:1").get("/").status == 0)
        #expect(throws: LiveServer.Failure.self) { try TestClient(server: "example.org") }
    }
}
