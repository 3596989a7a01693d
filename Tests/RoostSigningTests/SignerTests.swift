import RoostSigning
import Testing

@Suite("Signers")
struct SignerTests {
    private let key: SecretKey = "k"

    @Test(
        "a separator that a signature may contain is refused",
        arguments: ["a", "Z", "0", "-", "_", "=", "é"] as [Character])
    func separator(separator: Character) {
        #expect(throws: SignerSetupError.self) { try Signer(keys: [key], separator: separator) }
    }

    @Test("no key is refused")
    func noKey() { #expect(throws: SignerSetupError.self) { try Signer(keys: []) } }

    @Test("old keys verify, the newest signs")
    func rotation() throws {
        let old = try Signer(keys: ["old"])
        let both = try Signer(keys: ["old", "new"])
        #expect(try both.unsign(old.sign("value")) == "value")
        #expect(throws: SigningError.self) { try old.unsign(both.sign("value")) }
    }

    @Test(
        "times up to the year 9999 are kept, also beyond four bytes",
        arguments: [0, 1, 255, 256, 4_294_967_296, 253_402_300_799] as [Int64])
    func times(time: Int64) throws {
        let signer = TimestampSigner(try Signer(keys: [key]))
        let (value, signedAt) = try signer.unsign(signer.sign([1, 2], now: time), maxAge: 0, now: time)
        #expect(value == [1, 2] && signedAt == time)
    }

    @Test("the plain serializer writes as Python's json module does")
    func plain() throws {
        let serializer = Serializer(keys: [key])
        let token = try serializer.dumps(["é": [1, 1.5], "b": .bool(true)])
        #expect(token.hasPrefix(#"{"\u00e9": [1, 1.5], "b": true}."#))
        #expect(try serializer.loads(token)["é"]?[1] == 1.5)
    }

    @Test(
        "what JSON has no form for is refused when it is written",
        arguments: [
            SessionValue.number(.nan), .bytes([1]), .date(0), .bigInteger("1e5"), .bigInteger("--1"), .bigInteger("01"),
        ])
    func unwritable(value: SessionValue) {
        #expect(throws: PayloadError.self) { try URLSafeSerializer(keys: [key]).dumps(value) }
    }

    @Test("a date outside Python's years is refused when it is written")
    func date() {
        #expect(throws: PayloadError.self) { try TaggedJSON.encode(.date(.max)) }
        #expect(throws: PayloadError.self) { try TaggedJSON.encode(.date(253_402_300_800)) }
    }

    @Test("keys that look alike and have other bytes are two keys")
    func bytes() throws {
        let value = try TaggedJSON.decode(Array("{\"\u{E9}\":1,\"e\u{301}\":2}".utf8))
        #expect(value.object?.count == 2 && value["\u{E9}"] == 1 && value["e\u{301}"] == 2)
    }

    @Test("a key with characters above U+00FF cannot sign remember cookies")
    func latin1() {
        #expect(RememberCookie(key: "ключ") == nil)
        #expect(RememberCookie(key: "clé") != nil)
    }
}
