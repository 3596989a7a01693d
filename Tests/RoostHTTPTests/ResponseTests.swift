import RoostHTTP
import Testing

@Suite("A response")
struct ResponseTests {
    @Test(
        "CR, LF, NUL and names that are no tokens are refused",
        arguments: [
            ("X-A", "a\r\nSet-Cookie: b"), ("X-A", "a\0"), ("X-A", "a\nb"), ("X A", "b"), ("X:\r\n", "b"), ("", "b"),
        ])
    func injection(name: String, value: String) {
        var headers = Headers()
        #expect(throws: HeaderError.self) { try headers.add(name, value) }
        headers[name] = value
        #expect(headers.isEmpty)
        #expect(headers.refusal != nil)
    }

    @Test("headers keep their order, and setting one replaces all of its name")
    func headers() throws {
        var headers: Headers = ["A": "1", "B": "2", "a": "3"]
        #expect(headers.all("a") == ["1", "3"])
        headers["A"] = "4"
        #expect(headers.map(\.value) == ["4", "2"])
        headers["b"] = nil
        #expect(headers.count == 1)
    }

    @Test("cookies are written with every attribute; injection is refused")
    func cookies() throws {
        let cookie = Cookie(
            "id", "a b;c", maxAge: 60, expires: 784_111_777, secure: true, httpOnly: true, sameSite: .lax)
        #expect(
            try cookie.headerValue()
                == #"id="a b\073c"; Expires=Sun, 06 Nov 1994 08:49:37 GMT; Max-Age=60; Secure; HttpOnly; Path=/; SameSite=Lax"#
        )
        #expect(Cookies(header: Array(#"id="a b\073c""#.utf8))["id"] == "a b;c")
        #expect(throws: HeaderError.self) { try Cookie("a b", "").headerValue() }
        #expect(throws: HeaderError.self) { try Cookie("a", "", domain: "x; Secure").headerValue() }
        #expect(try Cookie("a", "", path: "/; Domain=x").headerValue() == "a=; Path=/%3B%20Domain=x")
        #expect(try Cookie("a", "x\r\ny").headerValue() == #"a="x\015\012y"; Path=/"#)
    }

    @Test(
        "dates are written and read",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        ])
    func dates(seconds: Int64, text: String) {
        #expect(HTTPDate.text(seconds) == text)
        #expect(HTTPDate.seconds(text) == seconds)
    }

    @Test(
        "what is not a date is not read",
        arguments: ["", "Sun, 06 Nov 1994", "Sun, 99 Nov 1994 08:49:37 GMT", "x y z a b c"])
    func notDates(text: String) { #expect(HTTPDate.seconds(text) == nil) }

    @Test("conditions: If-None-Match decides alone, weakly; ranges are cut to size")
    func conditional() {
        func headers(_ pairs: KeyValuePairs<String, String>) -> RequestHeaders {
            HTTPRequest(variables: ServerVariables(pairs)).headers
        }
        #expect(Conditional.isNotModified(headers(["HTTP_IF_NONE_MATCH": #"W/"a", "b""#]), etag: #""b""#))
        #expect(
            !Conditional.isNotModified(
                headers(["HTTP_IF_NONE_MATCH": #""x""#, "HTTP_IF_MODIFIED_SINCE": HTTPDate.text(9)]), etag: #""b""#,
                lastModified: 1))
        #expect(
            Conditional.isNotModified(headers(["HTTP_IF_MODIFIED_SINCE": HTTPDate.text(9)]), etag: nil, lastModified: 9)
        )
        func range(_ text: String) -> Conditional.Range {
            Conditional.range(headers(["HTTP_RANGE": text]), size: 10, etag: "", lastModified: 0)
        }
        #expect(range("bytes=2-4") == .part(offset: 2, length: 3))
        #expect(range("bytes=8-99") == .part(offset: 8, length: 2))
        #expect(range("bytes=-3") == .part(offset: 7, length: 3))
        #expect(range("bytes=10-") == .unsatisfiable)
        #expect(range("bytes=x-") == .whole)
        #expect(range("bytes=5-2") == .unsatisfiable)
    }

    @Test("Vary lists each name once")
    func vary() {
        var response = Response.text("")
        response.vary(on: "Cookie")
        response.vary(on: "cookie", "Accept")
        #expect(response.headers["Vary"] == "Cookie, Accept")
    }
}
