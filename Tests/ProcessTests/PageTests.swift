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
    }
}
