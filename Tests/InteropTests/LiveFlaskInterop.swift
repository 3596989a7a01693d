import Glibc
import Roost
import Testing

/// Values made up here, read and written again by the real Flask. ROOST_FLASK_PYTHON names a Python that has Flask,
/// Flask-Login and Flask-WTF; without it only the stored vectors are checked.
@Suite(
    "Interop: a live Flask",
    .enabled(if: getenv("ROOST_FLASK_PYTHON") != nil, "set ROOST_FLASK_PYTHON to a Python that has Flask"))
struct LiveFlaskInterop {
    private let text = "a long random text"
    private var key: SecretKey { SecretKey(text) }

    @Test("sessions of every shape go to Flask and come back")
    func sessions() throws {
        let codec = SessionCodec(key: key)
        let sent = (0..<300).map { _ in Self.object(depth: 3) }
        let answers = try ask(sent.map { ["op": "session", "text": .text(try codec.encode($0))] })
        for (session, answer) in zip(sent, answers) {
            let cookie = try #require(answer["text"]?.string, "\(answer) to \(SessionValue.object(session))")
            let back = try codec.decode(cookie, lifetime: 60)
            #expect(back == session, "\(SessionValue.object(session)) came back as \(SessionValue.object(back))")
        }
    }

    @Test("tokens go to itsdangerous and come back")
    func tokens() throws {
        let tokens = PurposeTokens(key: key, purpose: "purpose")
        let sent: [SessionValue] = [
            1, "é\u{1F600}\0", .null, [1, [2.5, true]], ["a": ["b": "c"]], .text(String(repeating: "x", count: 500)),
        ]
        let answers = try ask(sent.map { ["op": "token", "text": .text(try tokens.make($0))] })
        for (value, answer) in zip(sent, answers) {
            #expect(try tokens.read(try need(answer["text"]?.string, "\(answer)"), validFor: .seconds(60)) == value)
        }
    }

    @Test("remember cookies and CSRF tokens hold on both sides")
    func cookies() throws {
        let remember = try #require(RememberCookie(key: key))
        let csrf = CSRFToken(key: key)
        let raw = CSRFToken.makeRaw()
        let answers = try ask([
            ["op": "remember", "text": .text(remember.encode("né|42"))],
            ["op": "csrf", "text": .text(try csrf.sign(raw)), "raw": .text(raw)],
        ])
        #expect(remember.decode(try need(answers[0]["text"]?.string, "\(answers[0])")) == "né|42")
        try csrf.validate(need(answers[1]["text"]?.string, "\(answers[1])"), raw: .text(raw), maxAge: 60)
    }

    @Test(
        "passwords hold on both sides",
        arguments: ["scrypt", "scrypt:1024:8:2", "pbkdf2:sha256:1000", "pbkdf2:sha1:10", "pbkdf2:sha512:10"])
    func passwords(method: String) throws {
        let password = "pässwörd☃"
        let hash = try PasswordHash.make(
            password, method: method.hasPrefix("scrypt") ? .standard : .pbkdf2(.sha512, iterations: 10))
        let answer = try ask([
            ["op": "password", "text": .text(hash), "password": .text(password), "method": .text(method)]
        ])[0]
        #expect(answer["ok"] == true)
        #expect(PasswordHash.check(password, against: try need(answer["text"]?.string, "\(answer)")) == .correct)
    }

    /// Sends lines to the script and reads its answers.
    private func ask(_ questions: [SessionValue]) throws -> [SessionValue] {
        let python = String(cString: try need(getenv("ROOST_FLASK_PYTHON")))
        let top = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let path = "/tmp/roost-interop-\(getpid())-\(SecureRandom.text(bytes: 6)).jsonl"
        let file = try need(fopen(path, "w"))
        for question in questions {
            fputs(String(decoding: try TaggedJSON.encode(question), as: UTF8.self) + "\n", file)
        }
        fclose(file)
        defer { unlink(path) }
        let pipe = try need(popen("'\(python)' '\(top)/Tests/Interop/flask_peer.py' '\(text)' '\(path)'", "r"))
        var bytes: [UInt8] = []
        while case let byte = fgetc(pipe), byte != EOF { bytes.append(UInt8(byte)) }
        try #require(pclose(pipe) == 0)
        let answers = try bytes.split(separator: UInt8(ascii: "\n")).map { try TaggedJSON.decode(Array($0)) }
        try #require(answers.count == questions.count)
        return answers
    }

    private static func object(depth: Int) -> SessionObject {
        let keys = ["a", "b", " t", " b", " di", "_fresh", "é", "k\u{0}", "😀", ""]
        return SessionObject(
            (0..<Int.random(in: 0..<5)).map { _ in (keys.randomElement()!, value(depth: depth - 1)) })
    }

    private static func value(depth: Int) -> SessionValue {
        switch Int.random(in: 0..<(depth > 0 ? 13 : 10)) {
        case 0: .null
        case 1: .bool(.random())
        case 2: .integer(.random(in: .min ... .max))
        case 3: .bigInteger("-92233720368547758090")
        case 4: .number(Double.random(in: -1...1) * [1, 1e-9, 1e17, 1e300].randomElement()!)
        case 5: .text(String(decoding: SecureRandom.bytes(12), as: UTF8.self))
        case 6: .bytes(SecureRandom.bytes(9))
        case 7: .markup("<b>é</b>")
        // From the year 100 on: Python reads the years before as two digits.
        case 8: .date(.random(in: -59_011_459_200...253_402_300_799))
        case 9: .uuid(SessionUUID(bytes: SecureRandom.bytes(16))!)
        case 10: .array((0..<Int.random(in: 0..<4)).map { _ in value(depth: depth - 1) })
        case 11: .tuple((0..<Int.random(in: 0..<4)).map { _ in value(depth: depth - 1) })
        default: .object(object(depth: depth))
        }
    }
}
