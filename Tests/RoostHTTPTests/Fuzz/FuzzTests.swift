import Testing

@testable import RoostHTTP

/// Parsers meet damaged input. One after the other, so that times and memory mean something.
@Suite("Damaged input", .serialized)
struct FuzzTests {
    struct Wrong: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    private func demand(_ holds: Bool, _ what: String) throws { if !holds { throw Wrong(what) } }

    private func fuzz(_ examples: [String], _ alphabet: String, _ body: (inout Fuzzer, [UInt8]) throws -> Void) throws {
        var fuzzer = Fuzzer()
        var chooser = Fuzzer()
        let before = Fuzzer.residentMegabytes()
        try fuzzer.run(examples, alphabet) { try body(&chooser, $0) }
        #expect(fuzzer.runs > 0)
        #expect(Fuzzer.residentMegabytes() - before < 200, "memory grew while fuzzing")
    }

    @Test("multipart: the same form however it is cut, or the same refusal")
    func multipart() throws {
        let part =
            "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"x.txt\"\r\nContent-Type: text/plain\r\n\r\n--b\n\r\n"
        let field = "--b\r\nContent-Disposition: form-data; name=c\r\n\r\nvalue\r\n"
        try fuzz(
            [part + field + "--b--", field + part + field + "--b--\r\n", "x\r\n" + field, "--b--"], "\r\n-b:;=\" \t\0ü"
        ) {
            chooser, input in
            let whole = decoded(input) { _ in input.count }
            let cut = decoded(input) { _ in 1 + chooser.below(9) }
            try demand(whole == cut, "cut otherwise: \(whole) and \(cut)")
        }
    }

    private func decoded(_ input: [UInt8], _ size: (Int) -> Int) -> [String] {
        var limits = RequestLimits()
        limits.fileSpoolAbove = 100_000
        var decoder = MultipartDecoder(boundary: [98], headerLimit: 1000, sink: MultipartForm(limits: limits))
        do throws(HTTPError) {
            var place = 0
            while place < input.count {
                let end = min(input.count, place + max(1, size(place)))
                var failure: HTTPError?
                input.withUnsafeBytes { bytes in
                    do throws(HTTPError) {
                        try decoder.receive(UnsafeRawBufferPointer(rebasing: bytes[place..<end]))
                    } catch { failure = error }
                }
                if let failure { throw failure }
                place = end
            }
            try decoder.finish()
        } catch {
            return ["refused \(error.status.code)"]
        }
        return decoder.sink.fields.map { "\($0.name)=\($0.value)" }
            + decoder.sink.files.map { "\($0.name):\($0.filename):\((try? $0.bytes()) ?? [])" }
    }

    @Test("urlencoded: written again it is the same")
    func urlEncoded() throws {
        try fuzz(["a=1&b=2", "a=%C3%BC&b=x+y&&c", "=&=&a"], "a=&%+2C;\0ü") { _, input in
            let read = Parameters(urlEncoded: input)
            var bytes: [UInt8] = []
            for (index, field) in read.enumerated() {
                if index > 0 { bytes.append(ASCII.ampersand) }
                PercentCoding.appendQuery(field.name, to: &bytes)
                bytes.append(ASCII.equals)
                PercentCoding.appendQuery(field.value, to: &bytes)
            }
            let again = Parameters(urlEncoded: bytes)
            try demand(read.map { "\($0)" } == again.map { "\($0)" }, "changed")
        }
    }

    @Test("cookies: a value survives being written and read")
    func cookies() throws {
        try fuzz(["a=1; b=2", #"a="x\073\"y"; b"#, "a=1;;=;c=\"", "ü=ß"], "a=; \"\\073,\0\t") { _, input in
            for (_, value) in Cookies(header: input) {
                let header = try Cookie("n", value).headerValue()
                var sent = Array(header.utf8)
                if let end = header.utf8.lastIndex(of: ASCII.semicolon) { sent = Array(header[..<end].utf8) }
                try demand(Cookies(header: sent)["n"] == value, "lost \(value.debugDescription) in \(header)")
            }
        }
    }

    @Test("headers: every reader takes everything")
    func headers() throws {
        try fuzz(
            [
                "text/html;q=0.5, */*;q=0.1", "form-data; name=\"a\"; filename*=utf-8''%c3%bc", "W/\"a\", \"b\", *",
                "Sun, 06 Nov 1994 08:49:37 GMT", "Basic YTpi", "bytes=0-5", "10.0.0.0/8, [::1]:80", "a*0=b; a*1*=c",
            ], ",;=\"\\*/' -:.%q0W"
        ) { _, input in
            let text = String(decoding: input, as: UTF8.self)
            let parameters = HeaderParameters(text)
            try demand(Set(parameters.list.map(\.name)).count == parameters.list.count, "a name twice")
            for kind in [Accept.Kind.media, .language, .charset, .encoding] {
                let accept = Accept(text, as: kind)
                try demand(accept.values.allSatisfy { (0...1).contains($0.quality) }, "a quality beyond 1")
                _ = accept.best(of: ["text/html", "de-AT", "utf-8", "gzip"])
            }
            if let seconds = HTTPDate.seconds(text) {
                try demand(HTTPDate.seconds(HTTPDate.text(seconds)) == seconds, "date")
            }
            _ = ETags(text)?.containsWeakly("\"a\"")
            _ = Authorization(text)
            if let range = AddressRange(text) { _ = range.contains("10.0.0.1") }
            let variables: ServerVariables = [
                "HTTP_RANGE": text, "HTTP_X_FORWARDED_FOR": text, "HTTP_X_FORWARDED_HOST": text, "HTTP_HOST": text,
            ]
            let request = HTTPRequest(variables: variables)
            request.trust.proxies = [AddressRange("0.0.0.0/0")].compactMap { $0 }
            if case .part(let offset, let length) = Conditional.range(
                request.headers, size: 100, etag: "", lastModified: 0)
            {
                try demand(offset >= 0 && length > 0 && offset + length <= 100, "a range outside the body")
            }
            try demand(request.host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "a host with odd bytes")
            let disposition = ContentDisposition.value(text)
            try demand(disposition.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }, "odd bytes in \(disposition)")
            let safe = SecureFilename.of(text)
            try demand(!safe.utf8.contains(ASCII.slash) && !safe.hasPrefix("."), "unsafe \(safe)")
        }
    }

    @Test("JSON: what is read is the same when written and read again")
    func json() throws {
        try fuzz(
            [
                #"{"a":[1,-2.5e3,true,null,"x\u00fc\ud83d\ude00"],"b":{}}"#, "[[[[1]]]]", "1e308", #""\\\"""#,
                "{\"a\":{\"a\":1}}",
            ],
            "{}[]\",:\\u0123eE+-.tfn \n"
        ) { _, input in
            guard let value = try? JSONValue(parsing: input) else { return }
            var writer = JSONWriter()
            value.write(to: &writer)
            let again = try JSONValue(parsing: writer.bytes)
            try demand(again == value, "changed to \(String(decoding: writer.bytes, as: UTF8.self))")
            _ = try? value.decode(as: [String: [Int]].self)
        }
    }

    @Test("targets: path and query are read or refused, and routed within bounds")
    func targets() throws {
        var table = RouteTable()
        for pattern in ["/", "/a/<int:n>", "/a/<b>-<c>", "/p/<path:p>/edit", "/f/<float:f>/", "/<path:p>/<q>"] {
            _ = table.add(try RoutePattern(pattern), methods: [.get])
        }
        try fuzz(
            ["/a/12?x=1&y=%20", "/p/a/b/c/edit", "http://h/a/b-c", "/f/1.5/", "//a//b", "/%2e%2e/%00"], "/?#%&=.-0a:\0"
        ) {
            _, input in
            var variables = ServerVariables()
            Array("REQUEST_URI".utf8).withUnsafeBufferPointer { name in
                input.withUnsafeBufferPointer { variables.append(name: name, value: $0) }
            }
            let request = HTTPRequest(variables: variables)
            _ = try? request.validate()
            _ = (request.path, request.query.count, request.queryString)
            try request.withPath { path in
                switch table.match(path, method: .get) {
                case .match(_, let captures):
                    try demand(
                        captures.allSatisfy { $0.lowerBound >= 0 && $0.upperBound <= path.count }, "a capture outside")
                case .redirect(let target):
                    try demand(target.hasPrefix("/") && !target.hasPrefix("//"), "a redirect to \(target)")
                default: break
                }
            }
        }
    }
}
