import RoostSigning
import Testing

@Suite("Password hashes")
struct PasswordHashTests {
    @Test("a hash names its method, rounds and salt, and fits the column")
    func form() throws {
        let parts = try PasswordHash.make("cat", rounds: 1000).split(separator: "$")
        #expect(parts.count == 3)
        #expect(parts[0] == "pbkdf2:sha256:1000")
        #expect(parts[1].utf8.count == 16)
        #expect(parts[2].utf8.count == 64)
        #expect(try PasswordHash.make("cat").utf8.count <= 128)
    }

    @Test("two hashes of one password differ")
    func salted() throws {
        #expect(try PasswordHash.make("cat", rounds: 1) != PasswordHash.make("cat", rounds: 1))
    }
}
