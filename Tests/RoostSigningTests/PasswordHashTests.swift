import RoostSigning
import Testing

@Suite("Password hashes")
struct PasswordHashTests {
    private let quick = PasswordMethod.pbkdf2(.sha256, iterations: 10)

    @Test("a hash names its method with all numbers, and its salt")
    func form() throws {
        let hash = try PasswordHash.make("cat")
        #expect(hash.hasPrefix("scrypt:32768:8:1$") && hash.utf8.count == 162)
        #expect(PasswordHash.check("cat", against: hash) == .correct)
        #expect(PasswordHash.check("Cat", against: hash) == .wrong)
        let parts = try PasswordHash.make("cat", method: quick).split(separator: "$")
        #expect(parts.count == 3 && parts[0] == "pbkdf2:sha256:10")
        #expect(parts[1].utf8.count == 16 && parts[2].utf8.count == 64)
    }

    @Test("two hashes of one password differ, and both hold")
    func salted() throws {
        let (one, other) = (try PasswordHash.make("cat", method: quick), try PasswordHash.make("cat", method: quick))
        #expect(one != other)
        #expect(PasswordHash.check("cat", against: one).isCorrect && PasswordHash.check("cat", against: other).isCorrect)
    }

    @Test("the bytes of a password count: empty, long, NUL, composed or not", arguments: ["", "a\0b", "pässwörd☃", "pa\u{308}ss"])
    func bytes(password: String) throws {
        let hash = try PasswordHash.make(password, method: quick)
        #expect(PasswordHash.check(password, against: hash) == .correct)
        #expect(PasswordHash.check(password + "x", against: hash) == .wrong)
        let scrypt = try PasswordHash.make(password, method: .scrypt(cost: 2, blockSize: 1, parallelism: 1))
        #expect(PasswordHash.check(password, against: scrypt) == .correct)
    }

    @Test("composed and decomposed letters are different passwords")
    func normalisation() throws {
        let hash = try PasswordHash.make("p\u{E4}ss", method: quick)
        #expect(PasswordHash.check("pa\u{308}ss", against: hash) == .wrong)
    }

    @Test(
        "what cannot be checked is told apart from what is wrong",
        arguments: [
            "plain$$cat", "md5$salt$9d026d4b116e8a66e873bc1fa6caea4d", "pbkdf2:sha999:10$a$00", "pbkdf2:sha256:x$a$00",
            "pbkdf2:sha256:0$a$00", "pbkdf2:sha256:1:2$a$00", "scrypt:1024:8$a$00", "scrypt:1000:8:1$a$00",
            "scrypt:1073741824:8:1$a$00", "scrypt:9999999999:9999999999:9999999999$a$00", "scrypt:65536:32:1$a$00",
            "pbkdf2:sha256:9999999999$a$00", "scrypt:-2:8:1$a$00", "scrypt:2:8:+1$a$00",
            "$2b$12$abcdefghijklmnopqrstuv", "pbkdf2:sha384:10$a$00",
        ])
    func unsupported(hash: String) {
        guard case .unsupported(let reason) = PasswordHash.check("cat", against: hash) else {
            Issue.record("\(hash) was checked")
            return
        }
        #expect(!reason.description.contains("cat") && !reason.description.contains(hash))
    }

    @Test("less than a method, a salt and a digest is wrong", arguments: ["a", "a$b", "scrypt", "$"])
    func fragments(hash: String) { #expect(PasswordHash.check("b", against: hash) == .wrong) }

    @Test("a missing user takes as long as a wrong password")
    func missing() throws {
        let hash = try PasswordHash.make("cat")
        let clock = ContinuousClock()
        let wrong = clock.measure { _ = PasswordHash.check("dog", against: hash) }
        let missing = clock.measure { #expect(PasswordHash.check("dog", against: nil) == .wrong) }
        #expect(missing > wrong / 4 && missing < wrong * 4)
    }

    @Test("weaker hashes are made anew, stronger ones kept")
    func rehash() {
        #expect(PasswordHash.needsRehash("pbkdf2:sha256:600000$a$00"))
        #expect(PasswordHash.needsRehash("scrypt:16384:8:1$a$00"))
        #expect(PasswordHash.needsRehash("md5$a$00"))
        #expect(!PasswordHash.needsRehash("scrypt$a$00"))
        #expect(!PasswordHash.needsRehash("scrypt:65536:8:1$a$00"))
        #expect(PasswordHash.needsRehash("pbkdf2:sha1:600000$a$00", comparedTo: .pbkdf2(.sha256, iterations: 600_000)))
    }
}
