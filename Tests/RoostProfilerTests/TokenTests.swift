import RoostSigning
import Testing

@testable import RoostProfiler

extension ProfilerTests {
    @Suite("Profile tokens")
    struct TokenTests {
        static let key: SecretKey = "a secret"

        @Test("carry their time, user and path", arguments: [
            ProfileToken(expires: 2000), ProfileToken(expires: 2000, user: "7"),
            ProfileToken(expires: 2000, user: "jöhn;x", path: "/api/ü"),
        ])
        func roundTrip(token: ProfileToken) throws {
            let text = try token.signed(with: Self.key)
            #expect(text.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "\"") })
            #expect(try ProfileToken(text, key: Self.key, now: 1999) == token)
        }

        @Test("are refused from the second they expire")
        func expired() throws {
            let text = try ProfileToken(expires: 2000).signed(with: Self.key)
            #expect(throws: ProfileToken.Refusal.expired) { try ProfileToken(text, key: Self.key, now: 2000) }
        }

        @Test("are refused when one byte of them is another, or the key")
        func forged() throws {
            let text = try ProfileToken(expires: 2000, user: "7", path: "/api").signed(with: Self.key)
            for place in text.utf8.indices {
                var bytes = Array(text.utf8)
                let offset = text.utf8.distance(from: text.utf8.startIndex, to: place)
                bytes[offset] = bytes[offset] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
                // The last character of base64 holds unused bits, which only a strict reader minds.
                if offset == bytes.count - 1 { continue }
                #expect(throws: ProfileToken.Refusal.self, "byte \(offset)") {
                    try ProfileToken(String(decoding: bytes, as: UTF8.self), key: Self.key, now: 1000)
                }
            }
            #expect(throws: ProfileToken.Refusal.forged) { try ProfileToken(text, key: "another", now: 1000) }
        }

        @Test("that are none are refused", arguments: [
            "", ".", "...", "9999999999..", "9999999999...AAAA", "💥", String(repeating: "a", count: 100_000),
        ])
        func nonsense(text: String) {
            #expect(throws: ProfileToken.Refusal.self) { try ProfileToken(text, key: Self.key, now: 1) }
        }

        @Test("signed for another purpose with the same key are refused")
        func otherSalt() throws {
            let signer = try Signer(keys: [Self.key], salt: "cookie-session", derivation: .hmac, digest: .sha256)
            let text = signer.sign("9999999999..")
            #expect(throws: ProfileToken.Refusal.forged) { try ProfileToken(text, key: Self.key, now: 1) }
        }

        @Test("allow their path and what lies below it", arguments: [
            ("/api", "/api", true), ("/api", "/api/posts", true), ("/api", "/apix", false),
            ("/api/", "/api/posts", true), ("/api", "/", false), ("/", "/anything", true),
        ])
        func paths(own: String, asked: String, allowed: Bool) {
            #expect(ProfileToken(expires: 1, path: own).allows(path: asked) == allowed)
        }
    }
}
