import RoostHTTP
import Testing

@testable import RoostGateway

@Suite("The head of a response")
struct ResponseHeadTests {
    @Test("status, headers in order, an empty line")
    func form() throws {
        var response = Response.text("hi", status: 404)
        try response.headers.add("Set-Cookie", "a=1")
        try response.headers.add("Set-Cookie", "b=2")
        var head: [UInt8] = []
        ResponseHead.append(response, to: &head)
        #expect(
            String(decoding: head, as: UTF8.self)
                == "Status: 404 Not Found\r\nContent-Type: text/plain; charset=utf-8\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\n")
    }
}
