import RoostSigning
import Testing

/// The fixed tokens were made with Python's `hmac`, `json` and `base64`, not with the code under test.
@Suite("JSON Web Signatures that expire")
struct TimedJSONWebSignatureTests {
    private static let head = "eyJhbGciOiJIUzI1NiIsImlhdCI6MTcwMDAwMDAwMCwiZXhwIjoxNzAwMDAzNjAwfQ"
    private static let known = head + ".eyJjb25maXJtIjoyM30.Py3-Ko0n3hV7GqapR67C4hEhIb12JmJ4_WunMuKOL8Q"
    private let tokens = TimedJSONWebSignature(key: "the key of the book, for tests")
    private let made: Int64 = 1_700_000_000

    @Test("a token has the bytes that Python's has")
    func bytes() throws {
        #expect(try tokens.make(["confirm": 23], validFor: .seconds(3600), now: made) == Self.known)
        let change = try tokens.make(
            ["change_email": 23, "new_email": "jürgen@example.com"], validFor: .seconds(3600), now: made)
        let body = "eyJjaGFuZ2VfZW1haWwiOjIzLCJuZXdfZW1haWwiOiJqw7xyZ2VuQGV4YW1wbGUuY29tIn0"
        #expect(change == Self.head + "." + body + ".QMzMMTi871DELYOSpBRIzQx-dMhJH8htZokdVeFlIxc")
    }

    @Test("a token is good up to the second in which it expires")
    func expiry() throws {
        for now in [made - 100, made, made + 3600] {
            #expect(try tokens.read(Self.known, now: now)["confirm"]?.int == 23)
        }
        let error = #expect(throws: SigningError.self) { try tokens.read(Self.known, now: made + 3601) }
        #expect(error?.isExpired == true && error?.signedAt == made)
    }

    @Test("a token that was changed anywhere, or made with another key, is refused")
    func forged() throws {
        for index in Self.known.indices {
            var other = Self.known
            other.replaceSubrange(index...index, with: Self.known[index] == "A" ? "B" : "A")
            // The last character of a part has bits that mean nothing.
            let isSame = (try? tokens.read(other, now: made)) == (try tokens.read(Self.known, now: made))
            let isLast = index == Self.known.index(before: Self.known.endIndex)
            #expect(!isSame || isLast, "\(other)")
        }
        let others = TimedJSONWebSignature(key: "another key")
        #expect(throws: SigningError.self) { try others.read(Self.known, now: made) }
        let renewed = TimedJSONWebSignature(key: "another key", fallbacks: ["the key of the book, for tests"])
        #expect(try renewed.read(Self.known, now: made)["confirm"]?.int == 23)
    }

    @Test(
        "a genuine signature under a header that says something else is refused",
        arguments: [
            // {"alg":"none"}
            "eyJhbGciOiJub25lIiwiaWF0IjoxNzAwMDAwMDAwLCJleHAiOjE3MDAwMDM2MDB9.eyJjb25maXJtIjoyM30.WTraFH37uXAEtQj-sVLHKwCkX4eQ3zSMep9JrF-PywI",
            // HS512, signed with SHA-512 and with SHA-256
            "eyJhbGciOiJIUzUxMiIsImlhdCI6MTcwMDAwMDAwMCwiZXhwIjoxNzAwMDAzNjAwfQ.eyJjb25maXJtIjoyM30.LXXLHyT3sUwgi_u7XkxVqXVmujsV3ks3shh2wArqSqSSKIJB32yNyWzsEOWmuSPgMuDXTRQtW58Ekal86V_VmQ",
            "eyJhbGciOiJIUzUxMiIsImlhdCI6MTcwMDAwMDAwMCwiZXhwIjoxNzAwMDAzNjAwfQ.eyJjb25maXJtIjoyM30.mupKNrmzUMMCxCfUNM2Jz9t4a_P-SAEsfu57xaDxaOc",
            // no "alg"
            "eyJpYXQiOjEsImV4cCI6MTcwMDAwMzYwMH0.eyJjb25maXJtIjoyM30.WQx5Nb5L_dbYmA0PTRoFcTXjA2VBqLw5RUqhDcvTn0U",
            // "exp" missing, 0, -1, a text, true
            "eyJhbGciOiJIUzI1NiIsImlhdCI6MTcwMDAwMDAwMH0.eyJjb25maXJtIjoyM30.NThlCoIV97DRYBAx1OHpUbJ6Kz_qkFgCErN0FkEs0eg",
            "eyJhbGciOiJIUzI1NiIsImlhdCI6MTcwMDAwMDAwMCwiZXhwIjowfQ.eyJjb25maXJtIjoyM30.59brj2aFCmV-yuDuFKUbjQVwYdIL_sEQTVk_myqDBt0",
            "eyJhbGciOiJIUzI1NiIsImlhdCI6MTcwMDAwMDAwMCwiZXhwIjotMX0.eyJjb25maXJtIjoyM30.bJ4cYGsQScvCRSezANPls-UhOppLDckzzupDsJpnUbM",
            "eyJhbGciOiJIUzI1NiIsImlhdCI6MTcwMDAwMDAwMCwiZXhwIjoiMTcwMDAwMzYwMCJ9.eyJjb25maXJtIjoyM30.NMV95pbzBNrzTj9fVjkpiXZjyF5XWS3_BY3jH8i68w8",
            "eyJhbGciOiJIUzI1NiIsImV4cCI6dHJ1ZX0.eyJjb25maXJtIjoyM30.8KShdz33AddFPz3-p32SXPfGYujisBUNWvS5CmGo6G4",
            // a header that is a list
            "WzEsMl0.eyJjb25maXJtIjoyM30.-6a3zLlivK2fB95J6Vp1O8a8p9UjoTaZpWi6TNTHGHo",
        ])
    func odd(token: String) {
        #expect(throws: SigningError.self) { try tokens.read(token, now: 1_000_000) }
    }

    @Test(
        "what is no token at all is refused",
        arguments: ["", ".", "..", "...", "a.b.c", "%%%.%%%.%%%", "a.b.c.d", "é.é.é"])
    func nonsense(token: String) {
        #expect(throws: SigningError.self) { try tokens.read(token, now: made) }
    }

    @Test("what another program signed with the same key and no parts in it is refused")
    func otherParts() throws {
        let signer = try Signer(keys: ["the key of the book, for tests"], derivation: .none, digest: .sha256)
        for value in ["payload", "a.b.c", "e30.e30", "e30.", ".e30", "!.!"] {
            #expect(throws: SigningError.self) { try tokens.read(signer.sign(value), now: made) }
        }
    }
}
