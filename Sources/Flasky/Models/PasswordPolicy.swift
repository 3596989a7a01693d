internal import RoostSigning

/// How the blog stores and checks passwords.
struct PasswordPolicy {
    /// How new hashes are made: Werkzeug's PBKDF2 form, because its scrypt form is longer than the 128 characters of
    /// the book's column.
    let method: PasswordMethod
    private let rounds: Int

    /// The policy where no settings say another.
    static let standard = PasswordPolicy(rounds: 1_000_000)

    init(rounds: Int) {
        self.rounds = rounds
        method = .pbkdf2(.sha256, iterations: rounds)
    }

    /// - Throws: `UnsupportedHash` when the rounds are more than the limits allow.
    func hash(_ password: String) throws -> String { try PasswordHash.make(password, method: method) }

    /// Whether a hash is weaker than those made now.
    func isOutdated(_ hash: String) -> Bool { PasswordHash.needsRehash(hash, comparedTo: method) }

    /// A stored hash with its rounds: Werkzeug's early releases, which the book began with, left out their 50,000.
    func spelledOut(_ hash: String) -> String {
        let method = hash.utf8.prefix { $0 != UInt8(ascii: "$") }
        guard method.elementsEqual("pbkdf2:sha256".utf8) else { return hash }
        return "pbkdf2:sha256:50000" + hash[method.endIndex...]
    }

    /// A hash that no password has, for addresses that nobody has: checking it takes as long as checking a real one.
    var nobodysHash: String { Self.impossible(rounds) }

    /// What is left to spend after a wrong password was checked against an older hash with fewer rounds, so that the
    /// time does not tell it from an unknown address; nil when nothing is.
    func remainder(after hash: String) -> String? {
        let words = hash.utf8.prefix { $0 != UInt8(ascii: "$") }.split(separator: UInt8(ascii: ":"))
        guard words.count == 3, let spent = Int(String(decoding: words[2], as: UTF8.self)), spent < rounds else {
            return nil
        }
        return Self.impossible(rounds - spent)
    }

    /// A digest of zeros: no password is known that has it.
    private static func impossible(_ rounds: Int) -> String {
        "pbkdf2:sha256:\(rounds)$0123456789abcdef$" + String(repeating: "0", count: 64)
    }
}
