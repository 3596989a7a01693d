import Foundation
import Testing

extension RealPrograms {
    @Suite("A request's body")
    struct BodyTests {
        private let megabyte = 1 << 20

        @Test("is refused with 413 above http.max_body, and the worker goes on")
        func tooLarge() throws {
            try withDeployment(.fixture, ["http.max_body=1MB", "http.spool_above=64KB"]) { deployment in
                let worker = try deployment.workers().map { $0.int("pid") }
                #expect(try upload(5 * megabyte, deployment).status == 413)
                #expect(try upload(megabyte + 1, deployment).status == 413)
                #expect(try upload(megabyte, deployment).text == "file \(megabyte)")
                #expect(try upload(64 << 10, deployment).text == "memory \(64 << 10)")
                #expect(try upload((64 << 10) + 1, deployment).text == "file \((64 << 10) + 1)")
                #expect(try deployment.workers().map { $0.int("pid") } == worker)
            }
        }

        @Test("goes to a file when it is large and stays in memory when it is small, and no file is left")
        func spooled() throws {
            let folder = "/tmp/roost-p-\(UUID().uuidString.prefix(6).lowercased())"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try withDeployment(.fixture, ["http.spool_folder=\(folder)"]) { deployment in
                #expect(try upload(5 * megabyte, deployment).text == "file 5242880")
                #expect(try upload(megabyte, deployment).text == "memory \(megabyte)")
                #expect(try upload(megabyte + 1, deployment).text == "file \(megabyte + 1)")
                #expect(try upload(16 * megabyte, deployment).text == "file \(16 * megabyte)")
                #expect(try upload(16 * megabyte + 1, deployment).status == 413)
                #expect(try upload(3, deployment).text == "memory 3")
                #expect(try deployment.client.send("POST", "/upload").text == "none 0")
                try wait(until: "no temporary file is left") {
                    try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty
                }
            }
        }

        @Test("of a form with a large file is taken apart, and the file saved", arguments: [3, 5 * 1_048_576])
        func forms(size: Int) throws {
            try withDeployment { deployment in
                let head = """
                    --b0und\r\nContent-Disposition: form-data; name="title"\r\n\r\nMay\r\n--b0und\r\n\
                    Content-Disposition: form-data; name="photo"; filename="../a b.png"\r\n\
                    Content-Type: image/png\r\n\r\n
                    """
                let photo = [UInt8](repeating: 0x78, count: size)
                let body = Array(head.utf8) + photo + Array("\r\n--b0und--\r\n".utf8)
                let type = ["Content-Type": "multipart/form-data; boundary=b0und"]
                let answer = try deployment.client.send("POST", "/photo", type, body: body)
                #expect(answer.text == "a_b.png \(size) of May")
            }
        }

        private func upload(_ size: Int, _ deployment: Deployment) throws -> Answer {
            let body = [UInt8](repeating: 0x78, count: size)
            return try deployment.client.send("POST", "/upload", ["Content-Type": "application/octet-stream"], body: body)
        }
    }
}
