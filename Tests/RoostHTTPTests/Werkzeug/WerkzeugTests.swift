import RoostHTTP
import Testing

@Suite("As Werkzeug answers")
struct WerkzeugTests {
    @Test(
        "the stored expectations are what Werkzeug says today",
        .enabled(if: Expected.python != nil, "ROOST_WERKZEUG_PYTHON names no interpreter with Werkzeug"))
    func current() { #expect(Expected.check(with: Expected.python ?? "") == 0) }

    @Test("cookies are read")
    func cookiesIn() throws {
        struct Case: Decodable { let header: String, cookies: [[String]] }
        for test in try Expected.load("cookies_in", as: [Case].self) {
            let read = Cookies(header: Array(test.header.utf8)).map { [$0.name, $0.value] }
            // Werkzeug groups the values of one name.
            #expect(read.sorted { $0[0] < $1[0] } == test.cookies.sorted { $0[0] < $1[0] }, "\(test.header)")
        }
    }

    @Test("cookies are written; control bytes that Werkzeug forgets are escaped too")
    func cookiesOut() throws {
        struct Case: Decodable {
            let name, value, header: String
            let path, domain, samesite: String?
            let max_age: Int?, expires: Int64?
            let secure, httponly, partitioned: Bool
        }
        for test in try Expected.load("cookies_out", as: [Case].self) {
            var cookie = Cookie(
                test.name, test.value, path: test.path, domain: test.domain, maxAge: test.max_age,
                expires: test.expires ?? 1_700_000_000, secure: test.secure, httpOnly: test.httponly,
                sameSite: test.samesite.flatMap(Cookie.SameSite.init(rawValue:)))
            cookie.partitioned = test.partitioned
            var header = try cookie.headerValue()
            if test.expires == nil {
                header = header.replacing("; Expires=Tue, 14 Nov 2023 22:13:20 GMT", with: "")
            }
            #expect(header == test.header)
            let back = Cookies(header: Array(header.utf8.prefix { $0 != UInt8(ascii: ";") }))
            if !test.value.utf8.contains(UInt8(ascii: ";")) { #expect(back[test.name] == test.value) }
        }
    }

    @Test("accept headers choose and rank")
    func accept() throws {
        struct Case: Decodable {
            let kind, header: String, offers: [String], best: String?, qualities: [Double]
        }
        let kinds: [String: Accept.Kind] = [
            "media": .media, "language": .language, "charset": .charset, "encoding": .encoding,
        ]
        for test in try Expected.load("accept", as: [Case].self) {
            let accept = Accept(test.header, as: try #require(kinds[test.kind]))
            #expect(accept.best(of: test.offers) == test.best, "\(test.kind) \(test.header) \(test.offers)")
            #expect(test.offers.map(accept.quality) == test.qualities, "\(test.kind) \(test.header) \(test.offers)")
        }
    }

    @Test("dates are read and written")
    func dates() throws {
        struct Case: Decodable { let text: String, seconds: Int64? }
        struct Cases: Decodable { let read, written: [Case] }
        let cases = try Expected.load("dates", as: Cases.self)
        for test in cases.read { #expect(HTTPDate.seconds(test.text) == test.seconds, "\(test.text)") }
        for test in cases.written {
            #expect(HTTPDate.text(try #require(test.seconds)) == test.text)
            #expect(HTTPDate.seconds(test.text) == test.seconds)
        }
    }

    @Test("file names are made safe")
    func filenames() throws {
        struct Case: Decodable { let name, safe: String }
        for test in try Expected.load("filenames", as: [Case].self) {
            #expect(SecureFilename.of(test.name) == test.safe, "\(test.name.debugDescription)")
        }
    }

    @Test("headers with parameters are read")
    func options() throws {
        struct Case: Decodable { let header, value: String, options: [String: String] }
        for test in try Expected.load("options", as: [Case].self) {
            let read = HeaderParameters(test.header)
            #expect(read.value == test.value, "\(test.header)")
            #expect(
                Dictionary(uniqueKeysWithValues: read.list.map { ($0.name, $0.value) }) == test.options,
                "\(test.header)")
        }
    }

    @Test("multipart forms are read, whole and byte by byte")
    func multipart() throws {
        struct Case: Decodable { let body: String, error: Bool?, fields, files: [[String]]? }
        for test in try Expected.load("multipart", as: [Case].self) {
            let sent = HTTPRequest(
                variables: ["CONTENT_TYPE": "multipart/form-data; boundary=bound"], body: .bytes(latin1(test.body)))
            if test.error == true {
                #expect(throws: HTTPError.self, "\(test.body.debugDescription)") { try sent.form }
                continue
            }
            let fields = try sent.form.map { [$0.name, $0.value] }
            let files = try sent.files.map { [$0.name, $0.filename, $0.contentType, latin1(try $0.bytes())] }
            // Werkzeug groups the values of one name.
            #expect(
                fields.sorted { $0[0] < $1[0] } == test.fields?.sorted { $0[0] < $1[0] },
                "\(test.body.debugDescription)")
            #expect(
                files.sorted { $0[0] < $1[0] } == test.files?.sorted { $0[0] < $1[0] }, "\(test.body.debugDescription)")
        }
    }

    @Test("urlencoded forms are read")
    func urlEncoded() throws {
        struct Case: Decodable { let text: String, fields: [[String]] }
        for test in try Expected.load("urlencoded", as: [Case].self) {
            let read = Parameters(urlEncoded: Array(test.text.utf8)).map { [$0.name, $0.value] }
            #expect(read == test.fields, "\(test.text)")
        }
    }

    @Test("lists of ETags are read")
    func etags() throws {
        struct Tags: Decodable { let header: String, strong, weak: [String], star: Bool }
        struct Cases: Decodable { let etags: [Tags] }
        for test in try Expected.load("conditions", as: Cases.self).etags {
            let read = try #require(ETags(test.header))
            #expect(
                read.isAny == test.star && read.strong.sorted() == test.strong && read.weak.sorted() == test.weak,
                "\(test.header)")
        }
    }
}
