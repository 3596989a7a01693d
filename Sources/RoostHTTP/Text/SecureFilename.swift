/// File names without danger, as Werkzeug's `secure_filename` makes them.
public enum SecureFilename {
    /// ASCII letters, digits, `_`, `-` and `.`; spaces and slashes become `_`; no leading or trailing `.` and `_`.
    ///
    /// Accented letters lose their accents (`ü` is `u`), other letters are left out. The result may be empty: give
    /// the file a name of your own then.
    public static func of(_ filename: String) -> String {
        var words: [[UInt8]] = []
        var word: [UInt8] = []
        for byte in Decomposition.ascii(of: filename) {
            if isBlank(byte) || byte == ASCII.slash {
                if !word.isEmpty { words.append(word) }
                word = []
            } else {
                word.append(byte)
            }
        }
        if !word.isEmpty { words.append(word) }
        var name = words.joined(separator: [ASCII.underscore]).filter(isSafe)[...]
        while let first = name.first, isEdge(first) { name.removeFirst() }
        while let last = name.last, isEdge(last) { name.removeLast() }
        return String(decoding: name, as: UTF8.self)
    }

    /// What Python's `str.split()` cuts at, as far as ASCII goes.
    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == ASCII.space || (0x09...0x0D).contains(byte) || (0x1C...0x1F).contains(byte)
    }

    private static func isSafe(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == ASCII.underscore || byte == ASCII.dot
            || byte == ASCII.dash
    }

    private static func isEdge(_ byte: UInt8) -> Bool { byte == ASCII.dot || byte == ASCII.underscore }
}
