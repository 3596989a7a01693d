import Roost
import Testing

/// The vectors of whole requests: sessions, flashes, logging in, CSRF protection, through the app in process.
@Suite("Interop: requests", .comparesWithVectors)
struct HTTPInterop {
    @Test("sessions are read, written, refreshed and deleted as in Flask")
    func sessions() throws { try check("session_http", 16) }

    @Test("flashes are kept and consumed as in Flask")
    func flashes() throws { try check("flash", 7) }

    @Test("logging in, remembering and protection are Flask-Login's")
    func logins() throws { try check("login_flow", 17) }

    @Test("the login page gets the same address to return to")
    func next() throws { try check("next_url", 10) }

    @Test("CSRF protection is Flask-WTF's")
    func csrf() throws { try check("csrf", 12) }

    private func check(_ category: String, _ count: Int) throws {
        for vector in try Vectors.of("http", in: category, count: count) {
            let app = try FlaskLikeApp(vector)
            let response = try app.send()
            let expected = vector.expected
            #expect(response.status.code == expected["status"]?.int, "\(vector.id)")
            #expect(response.headers["Vary"] == expected["vary"]?.string, "\(vector.id)")
            if let location = expected["location"]?.string { #expect(response.location == location, "\(vector.id)") }
            if let result = expected["result"] { #expect(.array(app.results.list) == result, "\(vector.id)") }
            if let description = expected["description"]?.string {
                #expect((response.error as? CSRFError)?.description == description, "\(vector.id)")
                #expect(response.text.contains(description), "\(vector.id)")
            }
            try checkCookies(response, app, vector)
        }
    }

    private func checkCookies(_ response: TestResponse, _ app: FlaskLikeApp, _ vector: Vector) throws {
        let sent = response.headers.all("Set-Cookie")
        let expected = try need(vector.expected["set_cookie"]?.array).compactMap(\.string)
        #expect(sent.count == expected.count, "\(vector.id): \(sent)")
        for (ours, theirs) in zip(sent, expected) where ours != theirs {
            // The deflate encoder may differ: the same attributes, the same time, the same content.
            let (ours, theirs) = (CookieText(ours), CookieText(theirs))
            #expect(ours.name == theirs.name && ours.attributes == theirs.attributes, "\(vector.id)")
            #expect(ours.value.hasPrefix(".") && theirs.value.hasPrefix("."), "\(vector.id)")
            #expect(try app.decode(ours.value) == app.decode(theirs.value), "\(vector.id)")
        }
        if let after = vector.expected["session_after"] {
            let last = try need(sent.last.map(CookieText.init), "\(vector.id)")
            #expect(try .object(app.decode(last.value)) == TypedValue.decode(after), "\(vector.id)")
        }
    }
}

/// A Set-Cookie header in its parts.
private struct CookieText {
    let name: String
    let value: String
    let attributes: [String]

    init(_ header: String) {
        let parts = header.split(separator: "; ").map(String.init)
        let pair = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        (name, value, attributes) = (pair[0], pair[1], Array(parts.dropFirst()))
    }
}
