import Roost
import Testing

@Suite("Interop: itsdangerous", .comparesWithVectors)
struct SignerInterop {
    @Test("the file has every vector")
    func whole() throws {
        let count = try Vectors.all().count
        #expect(count == 275 || Vectors.isNamed && count > 0)
    }

    private func signer(_ vector: Vector) throws -> Signer {
        let digest = vector.input["digest"]?.string.flatMap(SigningDigest.init) ?? .sha1
        let derivation = vector.input["key_derivation"]?.string.flatMap(Signer.KeyDerivation.init) ?? .djangoConcat
        return try Signer(
            keys: vector.keys, salt: vector.input["salt"]?.string ?? "itsdangerous.Signer",
            separator: Character(vector.input["sep"]?.string ?? "."), derivation: derivation, digest: digest)
    }

    @Test("signing makes the same text, from the same derived key")
    func sign() throws {
        for vector in try Vectors.of("Signer.sign", in: "signer", count: 9) {
            let signer = try signer(vector)
            #expect(try signer.sign(vector.text("value")) == vector.expected["ok"]?.string, "\(vector.id)")
            if let hex = vector.expected["derived_key_hex"]?.string {
                #expect(try signer.derivedKey == TypedValue.bytes(hex: hex), "\(vector.id)")
            }
        }
    }

    @Test("what Python accepts is accepted, and the rest refused for the same reason")
    func unsign() throws {
        for vector in try Vectors.of("Signer.unsign", in: "signer", count: 9) {
            let signer = try signer(vector)
            try check(vector) { .text(try signer.unsign(try vector.text("signed"))) }
        }
    }

    @Test("timestamps are the same bytes")
    func signTimed() throws {
        for vector in try Vectors.of("TimestampSigner.sign", in: "timestamp_signer", count: 2) {
            let signed = TimestampSigner(try signer(vector)).sign(
                Array(try vector.text("value").utf8), now: try vector.now)
            #expect(String(decoding: signed, as: UTF8.self) == vector.expected["ok"]?.string, "\(vector.id)")
        }
    }

    @Test("timed values expire in the same second")
    func unsignTimed() throws {
        for vector in try Vectors.of("TimestampSigner.unsign", in: "timestamp_signer", count: 8) {
            let signer = TimestampSigner(try signer(vector))
            let (maxAge, now) = (vector.input["max_age"]?.int.map { Int64($0) }, try vector.now)
            try check(vector) {
                let (value, time) = try signer.unsign(Array(try vector.text("signed").utf8), maxAge: maxAge, now: now)
                return ["value": .text(String(decoding: value, as: UTF8.self)), "timestamp": .integer(Int(time))]
            }
        }
    }

    @Test("URL-safe values are written alike")
    func dumps() throws {
        for vector in try Vectors.of("URLSafeSerializer.dumps", in: "urlsafe_serializer", count: 5) {
            let serializer = URLSafeSerializer(keys: try vector.keys, salt: try vector.text("salt"))
            let token = try serializer.dumps(TypedValue.decode(need(vector.input["value"])))
            #expect(token == vector.expected["ok"]?.string, "\(vector.id)")
        }
    }

    @Test("URL-safe values are read alike, but for what is refused on purpose")
    func loads() throws {
        for vector in try Vectors.of("URLSafeSerializer.loads", in: "urlsafe_serializer", count: 16) {
            let serializer = URLSafeSerializer(keys: try vector.keys, salt: try vector.text("salt"))
            let token = try vector.text("token")
            if vector.id.contains("bomb") {
                // Python unfolds two megabytes here; the limit for cookies is 64 KiB.
                let error = #expect(throws: SigningError.self, "\(vector.id)") { try serializer.loads(token) }
                #expect(error.map(name) == "BadPayload", "\(vector.id)")
                let roomy = URLSafeSerializer(
                    keys: try vector.keys, salt: try vector.text("salt"), limits: PayloadLimits(bytes: 4 << 20))
                #expect(try roomy.loads(token).string?.utf8.count == 2 << 20, "\(vector.id)")
                continue
            }
            try check(vector) { try serializer.loads(token) }
        }
    }

    @Test("timed tokens are written alike")
    func dumpsTimed() throws {
        for vector in try Vectors.of("URLSafeTimedSerializer.dumps", in: "urlsafe_timed", count: 2) {
            let serializer = URLSafeTimedSerializer(keys: try vector.keys, salt: try vector.text("salt"))
            let value = try TypedValue.decode(need(vector.input["value"]))
            let expected = try need(vector.expected["ok"]?.string)
            let token = try serializer.dumps(value, now: try vector.now)
            if token != expected {
                // The deflate encoder may differ: both must say the same.
                #expect(expected.hasPrefix("."), "\(vector.id)")
                #expect(try serializer.loads(token).value == value, "\(vector.id)")
                #expect(try serializer.loads(expected).value == value, "\(vector.id)")
            }
        }
    }

    @Test("timed tokens are read alike")
    func loadsTimed() throws {
        for vector in try Vectors.of("URLSafeTimedSerializer.loads", in: "urlsafe_timed", count: 7) {
            let serializer = URLSafeTimedSerializer(keys: try vector.keys, salt: try vector.text("salt"))
            let (token, now) = (try vector.text("token"), try vector.now)
            try check(vector) {
                let maxAge = vector.input["max_age"]?.int.map { Int64($0) }
                let (value, time) = try serializer.loads(token, maxAge: maxAge, now: now)
                return ["value": value, "timestamp": .integer(Int(time))]
            }
        }
    }

    /// Compares a result with Python's, or an error with Python's: class, words, what it carries.
    private func check(_ vector: Vector, _ run: () throws -> SessionValue) throws {
        let result: SessionValue
        do {
            result = try run()
        } catch let error as SigningError {
            if vector.mayReject { return }
            #expect(name(error) == vector.expected["error"]?.string, "\(vector.id)")
            #expect(error.description == vector.expected["message"]?.string, "\(vector.id)")
            let payload = error.unverified.map { String(decoding: $0, as: UTF8.self) }
            #expect(payload == vector.expected["payload"]?.string, "\(vector.id)")
            #expect(error.signedAt == vector.expected["date_signed"]?.int.map { Int64($0) }, "\(vector.id)")
            #expect(error.isBadSignature == vector.expected["is_bad_signature"]?.bool, "\(vector.id)")
            return
        }
        let expected = try need(vector.expected["ok"], "\(vector.id) was accepted")
        if let members = expected.object, members.contains("timestamp") {
            #expect(result["timestamp"] == expected["timestamp"], "\(vector.id)")
            #expect(try result["value"] == TypedValue.decode(need(expected["value"])), "\(vector.id)")
        } else {
            #expect(try result == TypedValue.decode(expected), "\(vector.id)")
        }
    }
}

/// The class of Python's exception.
func name(_ error: SigningError) -> String {
    switch error {
    case .expired: "SignatureExpired"
    case .badTimeSignature: "BadTimeSignature"
    case .badSignature: "BadSignature"
    case .badPayload: "BadPayload"
    }
}
