import Roost
import Testing

@Suite("Interop: Flask's session", .comparesWithVectors)
struct SessionInterop {
    @Test("tagged JSON is written alike")
    func tagged() throws {
        for vector in try Vectors.of("tagged.dumps", in: "tagged_json", count: 12) {
            let json = try TaggedJSON.encode(TypedValue.decode(need(vector.input["value"])))
            #expect(String(decoding: json, as: UTF8.self) == vector.expected["ok"]?.string, "\(vector.id)")
        }
    }

    @Test("tagged JSON is read alike")
    func untagged() throws {
        for vector in try Vectors.of("tagged.loads", in: "tagged_json", count: 14) {
            let json = Array(try vector.text("json").utf8)
            guard let expected = vector.expected["ok"] else {
                #expect(throws: SigningError.self, "\(vector.id)") { try TaggedJSON.decode(json) }
                continue
            }
            #expect(try TaggedJSON.decode(json) == TypedValue.decode(expected), "\(vector.id)")
        }
    }

    @Test("a session becomes the same cookie")
    func encode() throws {
        for vector in try Vectors.of("session.encode", in: "session_cookie", count: 6) {
            let codec = SessionCodec(key: SecretKey(try vector.text("secret_key")))
            let session = try need(TypedValue.decode(need(vector.input["value"])).object)
            let expected = try need(vector.expected["ok"]?.string)
            let cookie = try codec.encode(session, now: try vector.now)
            #expect(try codec.derivedKey == TypedValue.bytes(hex: vector.expected["derived_key_hex"]?.string ?? ""))
            let json = String(decoding: try TaggedJSON.encode(.object(session)), as: UTF8.self)
            #expect(json == vector.input["payload_json"]?.string, "\(vector.id)")
            if cookie != expected {
                #expect(expected.hasPrefix(".") && cookie.hasPrefix("."), "\(vector.id)")
                #expect(try codec.decode(cookie, lifetime: 1, now: try vector.now) == session, "\(vector.id)")
            }
            #expect(try codec.decode(expected, lifetime: 1, now: try vector.now) == session, "\(vector.id)")
        }
    }

    @Test("a cookie becomes the same session, or the same refusal")
    func decode() throws {
        for vector in try Vectors.of("session.decode", in: "session_cookie", count: 21) {
            let fallbacks = try vector.input["secret_key_fallbacks"]?.array?.map { SecretKey(try need($0.string)) }
            let codec = SessionCodec(key: SecretKey(try vector.text("secret_key")), fallbacks: fallbacks ?? [])
            let lifetime = Int64(try need(vector.input["permanent_session_lifetime_s"]?.int))
            let cookie = try vector.text("cookie")
            do {
                let session = try codec.decode(cookie, lifetime: lifetime, now: vector.now)
                #expect(try .object(session) == TypedValue.decode(need(vector.expected["session"])), "\(vector.id)")
            } catch let error as SigningError {
                if let expected = vector.expected["serializer_error"]?.string {
                    #expect(name(error) == expected, "\(vector.id)")
                } else {
                    // Signed, and no object: Flask fails or guesses; here it is a bad payload, which is an empty session.
                    #expect(name(error) == "BadPayload" && vector.id.contains("array"), "\(vector.id)")
                }
            }
        }
    }

    @Test("no signed but broken cookie fails a request")
    func neverFails() throws {
        for vector in try Vectors.of("session.decode", in: "session_cookie", count: 21) {
            let app = App("test")
            app.logger.logLevel = .critical
            let fallbacks = try vector.input["secret_key_fallbacks"]?.array?.map { SecretKey(try need($0.string)) }
            app.secrets = AppSecrets(key: SecretKey(try vector.text("secret_key")), fallbacks: fallbacks ?? [])
            let now = try vector.now
            app.unixTime = { now }
            try app.get("/") { request in String(request.session.contents.count) }
            let cookie = try vector.text("cookie")
            let response = app.testClient().get("/", headers: ["Cookie": "session=\(cookie)"])
            #expect(response.status == 200, "\(vector.id)")
            let isKept = vector.expected["serializer_error"]?.isNull == true && !vector.id.contains("array")
            let expected = isKept ? try TypedValue.decode(need(vector.expected["session"])).object?.count : 0
            #expect(response.text == String(expected ?? 0), "\(vector.id)")
        }
    }
}
