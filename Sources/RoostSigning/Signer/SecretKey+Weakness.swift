extension SecretKey {
    /// Bytes that a key has at least: 128 bits, when they are random.
    public static let leastBytes = 16

    /// Why others may know or guess this key, as what is said about it; nil when nothing speaks against it.
    ///
    /// It finds keys that are short, that repeat a few characters, and those that books and manuals print. It cannot
    /// find a sentence that somebody will guess: take random bytes.
    public var weakness: String? {
        if Self.published.contains(words) { return "is printed in books and manuals" }
        if bytes.count < Self.leastBytes { return "has \(bytes.count) bytes, and needs \(Self.leastBytes) at least" }
        if Set(bytes).count < 6 { return "repeats a few characters" }
        return nil
    }

    /// Letters and digits alone: `hard-to-guess_string` is `Hard to guess string`.
    private var words: String {
        String(
            decoding: bytes.compactMap { byte in
                switch byte {
                case 0x30...0x39, 0x61...0x7A: byte
                case 0x41...0x5A: byte | 0x20
                default: nil
                }
            }, as: UTF8.self)
    }

    /// The examples of "Flask Web Development", the Flask Mega-Tutorial and Flask's manual, and what templates of
    /// projects say in their place.
    private static let published: Set<String> = [
        "hardtoguessstring", "youwillneverguess", "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
        "dev", "secret", "secretkey", "mysecretkey", "asecretkey", "supersecret", "supersecretkey",
        "thisisasecretkey", "thisisthesecretkey", "thisismysecretkey", "yoursecretkey", "yoursecretkeyhere",
        "yoursecretkeygoeshere", "changeme", "changethis", "changemeinproduction", "changethisinproduction",
        "pleasechangeme", "replaceme", "alongrandomtext",
    ]
}
