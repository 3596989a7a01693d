import Foundation
import Testing

extension RealPrograms {
    @Suite("A pool behind nginx")
    struct PageTests {
        @Test("answers a request")
        func answers() throws {
            try withDeployment { deployment in
                let answer = try deployment.client.get("/hello")
                #expect(answer.status == 200)
                #expect(answer.text == "Hello, World!")
            }
        }

        @Test("sends long answers whole, with a length and in pieces")
        func longAnswers() throws {
            try withDeployment { deployment in
                let long = try deployment.client.get("/bytes/5000000")
                #expect(long["Content-Length"] == "5000000")
                #expect(long.body.count == 5_000_000)
                let pieces = try deployment.client.get("/chunks/3000")
                #expect(pieces.text.hasPrefix("chunk 2999\n"))
                #expect(pieces.text.hasSuffix("\nchunk 0\n"))
                let head = try deployment.client.send("HEAD", "/bytes/5000000")
                #expect(head.body.isEmpty)
                #expect(head["Content-Length"] == "5000000")
                #expect(try deployment.client.get("/hello").status == 200)
            }
        }

        @Test("goes on after clients that leave in the middle of an answer")
        func leavingClients() throws {
            try withDeployment { deployment in
                let pids = try deployment.workers().map { $0.int("pid") }
                for _ in 0..<10 {
                    let socket = try Socket(port: deployment.port)
                    socket.send(Array("GET /bytes/50000000 HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
                    var byte: UInt8 = 0
                    #expect(recv(socket.descriptor, &byte, 1, 0) == 1)
                }
                for _ in 0..<4 { #expect(try deployment.client.get("/hello").status == 200) }
                #expect(try deployment.workers().map { $0.int("pid") } == pids)
            }
        }
    }
}
