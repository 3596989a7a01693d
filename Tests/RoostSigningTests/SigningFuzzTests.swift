import RoostSigning
import Testing

/// Generated input for everything that reads what a client sent. Quick by default; see `FuzzSource.run`.
@Suite("Fuzzed signed values")
struct SigningFuzzTests {
    private let key: SecretKey = "a long random text"
    private let alphabet = Array("abcXYZ0189-_=.+/ \"'{}[]:,\\u$|\0\u{7F}é".utf8)

    @Test("a session comes back as it was, whatever is in it")
    func roundTrip() throws {
        let codec = SessionCodec(key: key)
        let count = try FuzzSource.run { source in
            let session = object(&source, depth: 4)
            let cookie = try codec.encode(session, now: 1000)
            #expect(try codec.decode(cookie, lifetime: 10, now: 1005) == session, "seed \(source.seed)")
        }
        #expect(count > 0)
    }

    @Test("a changed cookie is refused, or says what it said before")
    func tampered() throws {
        let codec = SessionCodec(key: key)
        _ = try FuzzSource.run { source in
            let session = object(&source, depth: 2)
            let cookie = Array(try codec.encode(session, now: 1000).utf8)
            let changed = String(decoding: source.mutated(cookie, with: alphabet), as: UTF8.self)
            // Padding, and the unused low bits of the last character, change nothing.
            if let read = try? codec.decode(changed, lifetime: 10, now: 1005) {
                #expect(read == session, "seed \(source.seed): \(changed)")
            }
        }
    }

    @Test("what is signed and broken is a bad payload, never more")
    func signedNonsense() throws {
        let signer = TimestampSigner(try Signer(keys: [key], salt: "cookie-session", derivation: .hmac))
        let codec = SessionCodec(key: key)
        _ = try FuzzSource.run { source in
            let good = Array(try codec.encode(object(&source, depth: 3), now: 1000).utf8)
            let payload = Array(good.prefix { $0 != UInt8(ascii: ".") || good.first == $0 && source.chance(2) })
            let changed = source.chance(3) ? source.bytes(60) : source.mutated(payload, with: alphabet)
            let cookie = String(decoding: signer.sign(changed, now: 1000), as: UTF8.self)
            do throws(SigningError) {
                _ = try codec.decode(cookie, lifetime: 10, now: 1000)
            } catch {
                // Bytes that are not UTF-8 change when they become text: then the signature breaks as well.
                let isText = String(validating: changed, as: UTF8.self) != nil
                #expect(!error.isBadSignature || !isText, "seed \(source.seed): \(error)")
            }
        }
    }

    @Test("broken JSON with tags is refused or read, and what was read can be written")
    func json() throws {
        let pieces = [
            #"{" t":[1,2]}"#, #"{" b":"AA=="}"#, #"{" m":"<b>"}"#, #"{" u":"12345678123456781234567812345678"}"#,
            #"{" d":"Thu, 02 Jan 2025 03:04:05 GMT"}"#, #"{" di":{" t__":1}}"#, "1e5", "-0.0", "123456789012345678901",
            #""\ud83d\ude00""#, "[[[[]]]]", "null", "true", #"{"a":1,"a":2}"#,
        ]
        _ = try FuzzSource.run { source in
            var json = Array("{\"x\":[".utf8)
            for index in 0...source.below(4) {
                if index > 0 { json.append(UInt8(ascii: ",")) }
                json += pieces[source.below(pieces.count)].utf8
            }
            json += "]}".utf8
            let changed = source.chance(4) ? json : source.mutated(json, with: alphabet)
            guard let value = try? TaggedJSON.decode(changed) else { return }
            let written = try TaggedJSON.encode(value)
            #expect(
                try TaggedJSON.decode(written) == value,
                "seed \(source.seed): \(String(decoding: written, as: UTF8.self))")
        }
    }

    @Test("remember cookies, CSRF tokens and password hashes of any shape")
    func others() throws {
        let remember = try #require(RememberCookie(key: key))
        let csrf = CSRFToken(key: key)
        var limits = PasswordLimits()
        (limits.scryptProduct, limits.iterations) = (64, 20)
        _ = try FuzzSource.run { source in
            let id = String(decoding: source.bytes(8), as: UTF8.self)
            let cookie = remember.encode(id)
            #expect(remember.decode(cookie) == id, "seed \(source.seed)")
            let changed = source.mutated(Array(cookie.utf8), with: alphabet)
            if let other = remember.decode(String(decoding: changed, as: UTF8.self)) {
                #expect(other == id, "seed \(source.seed)")
            }
            let token = Array(try csrf.sign("raw", now: 1000).utf8)
            let sent = String(decoding: source.mutated(token, with: alphabet), as: UTF8.self)
            #expect(throws: CSRFProblem.self, "seed \(source.seed)") {
                try csrf.validate(sent, raw: "other", maxAge: 60, now: 1000)
            }
            let method = ["scrypt:4:2:1", "pbkdf2:sha256:5", "pbkdf2:sha1:2", "scrypt", "pbkdf2"][source.below(5)]
            let hash = source.mutated(Array("\(method)$salt$0123456789abcdef".utf8), with: alphabet)
            #expect(
                !PasswordHash.check(id, against: String(decoding: hash + [0x30], as: UTF8.self), limits: limits)
                    .isCorrect)
        }
    }

    @Test("a bomb stops at the limit")
    func bomb() throws {
        let big = try URLSafeSerializer(keys: [key]).dumps(.text(String(repeating: "a", count: 10_000_000)))
        #expect(big.utf8.count < 20_000)
        let error = #expect(throws: SigningError.self) { try URLSafeSerializer(keys: [key]).loads(big) }
        #expect(error?.isBadSignature == false)
        let deep = String(repeating: "[", count: 60_000)
        #expect(throws: SigningError.self) { try TaggedJSON.decode(Array(deep.utf8)) }
    }

    // MARK: Values

    private func object(_ source: inout FuzzSource, depth: Int) -> SessionObject {
        let keys = ["a", "b", " t", " b", " di", "_fresh", "é", "k\u{0}", "😀", "e\u{301}", ""]
        var object = SessionObject()
        for _ in 0..<source.below(5) {
            object[keys[source.below(keys.count)] + (source.chance(3) ? "\(source.below(40))" : "")] = value(
                &source, depth: depth - 1)
        }
        return object
    }

    private func value(_ source: inout FuzzSource, depth: Int) -> SessionValue {
        switch source.below(depth > 0 ? 14 : 10) {
        case 0: .null
        case 1: .bool(source.chance(2))
        case 2: .integer(Int(truncatingIfNeeded: source.next() >> UInt64(source.below(64))))
        case 3: .bigInteger("-9223372036854775809" + String(source.below(1000)))
        case 4: number(&source)
        case 5: .text(String(decoding: source.bytes(20), as: UTF8.self))
        case 6: .bytes(source.bytes(20))
        case 7: .markup("<b>\(source.below(9))</b>")
        case 8: .date(Int64(source.below(315_537_897_600)) - 62_135_596_800)
        case 9: .uuid(SessionUUID(bytes: (0..<16).map { _ in UInt8(source.below(256)) })!)
        case 10: .array((0..<source.below(4)).map { _ in value(&source, depth: depth - 1) })
        case 11: .tuple((0..<source.below(4)).map { _ in value(&source, depth: depth - 1) })
        default: .object(object(&source, depth: depth))
        }
    }

    private func number(_ source: inout FuzzSource) -> SessionValue {
        let number = Double(bitPattern: source.next())
        // A whole number comes back as a fraction all the same, since Python writes 1.0.
        return .number(number.isFinite ? number : Double(source.below(1000)))
    }
}
