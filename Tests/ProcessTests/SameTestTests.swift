import Roost
import RoostCommands
import Testing

@testable import roost_fixture

extension RealPrograms {
    @Suite("The same test")
    struct SameTestTests {
        /// What a visitor does, whoever answers.
        private func visit(_ client: TestClient) throws {
            #expect(client.get("/hello").text == "Hello, World!")
            client.cookies["c"] = "crumb"
            #expect(client.get("/echo?q=a%20b").text == "path=/echo q=a b cookie=crumb")
            #expect(client.get("/nothing").status == 404)
            #expect(client.head("/bytes/5000").headers["Content-Length"] == "5000")
            #expect(client.get("/chunks/3").text == "chunk 2\nchunk 1\nchunk 0\n")
            let refused = client.post("/hello")
            #expect(refused.status == 405 && refused.headers["Allow"] == "GET, HEAD, OPTIONS")
            let photo = UploadedFile(name: "photo", filename: "../a b.png", bytes: [1, 2, 3])
            let kept = try client.post("/photo", form: ["title": "May"], files: [photo])
            #expect(kept.text == "a_b.png 3 of May")
        }

        @Test("runs against the app in process and against the pool behind nginx")
        func both() throws {
            try visit(Fixture.makeApp(Settings(known: Fixture.knownSettings, [:])).testClient())
            try withDeployment { deployment in
                try visit(TestClient(server: "127.0.0.1:\(deployment.port)"))
            }
        }
    }
}
