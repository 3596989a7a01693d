/// Parses dbmate's file format: `-- migrate:up` and `-- migrate:down` sections and our header options.
struct MigrationParser {
    private let path: String
    private var up: (text: String, line: Int, plain: Bool)?
    private var down: (text: String, line: Int, plain: Bool)?
    private var withoutTransaction = false
    private var lockTimeout: String?

    private init(path: String) {
        self.path = path
    }

    /// - Throws: ``MigrationError`` at the line that is wrong.
    static func parse(
        _ raw: String, version: String, name: String, path: String
    ) throws(MigrationError) -> Migration {
        let text = normalized(raw)
        var parser = MigrationParser(path: path)
        var line = 0
        for content in text.split(separator: "\n", omittingEmptySubsequences: false) {
            line += 1
            if let option = option(in: content) {
                try parser.take(option, line: line)
            } else {
                try parser.take(content, line: line)
            }
        }
        guard let up = parser.up else {
            throw MigrationError(.file, "the file has no line \"-- migrate:up\"", path: path, line: 1)
        }
        let whole = parser.withoutTransaction
        return Migration(
            version: version, name: name, path: path, text: text,
            up: .init(text: up.text, firstLine: up.line, withoutTransaction: whole || up.plain),
            down: parser.down.map { .init(text: $0.text, firstLine: $0.line, withoutTransaction: whole || $0.plain) },
            lockTimeout: parser.lockTimeout)
    }

    /// Without a byte-order mark and with LF line ends, so that an editor or Git on Windows changes no checksum.
    static func normalized(_ raw: String) -> String {
        var bytes = Array(raw.utf8)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        for (index, byte) in bytes.enumerated() {
            let isBeforeLineFeed = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n")
            if byte == UInt8(ascii: "\r"), isBeforeLineFeed { continue }
            out.append(byte)
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The words after `migrate:` in a line such as `-- migrate:up transaction:false`.
    private static func option(in line: Substring) -> [Substring]? {
        guard line.hasPrefix("--") else { return nil }
        let comment = line.dropFirst(2).drop { $0 == " " || $0 == "\t" }
        guard comment.hasPrefix("migrate:") else { return nil }
        return comment.dropFirst(8).split { $0 == " " || $0 == "\t" }
    }

    private mutating func take(_ words: [Substring], line: Int) throws(MigrationError) {
        switch words.first {
        case "up":
            guard up == nil, down == nil else { throw refusal("a second \"-- migrate:up\"", line) }
            up = ("", line + 1, try plain(words.dropFirst(), line))
        case "down":
            guard up != nil else { throw refusal("\"-- migrate:down\" before \"-- migrate:up\"", line) }
            guard down == nil else { throw refusal("a second \"-- migrate:down\"", line) }
            down = ("", line + 1, try plain(words.dropFirst(), line))
        case "no-transaction":
            withoutTransaction = true
            keepLine()
        case "lock-timeout":
            guard words.count == 2, Self.isDuration(words[1]) else {
                throw refusal("lock-timeout needs a duration such as 5s or 500ms", line)
            }
            lockTimeout = String(words[1])
            keepLine()
        default:
            let name = words.first.map(String.init) ?? ""
            throw refusal("unknown option \"migrate:\(name)\"; known: up, down, no-transaction, lock-timeout", line)
        }
    }

    private mutating func take(_ content: Substring, line: Int) throws(MigrationError) {
        if down != nil {
            down?.text += content + "\n"
        } else if up != nil {
            up?.text += content + "\n"
        } else {
            let trimmed = content.drop { $0 == " " || $0 == "\t" }
            guard trimmed.isEmpty || trimmed.hasPrefix("--") else {
                throw refusal("SQL before \"-- migrate:up\" would never run", line)
            }
        }
    }

    /// An option inside a section leaves an empty line, so that line numbers stay right.
    private mutating func keepLine() {
        if down != nil { down?.text += "\n" } else if up != nil { up?.text += "\n" }
    }

    private func plain(_ options: ArraySlice<Substring>, _ line: Int) throws(MigrationError) -> Bool {
        var plain = false
        for option in options {
            switch option {
            case "transaction:false": plain = true
            case "transaction:true": plain = false
            default: throw refusal("unknown option \"\(option)\"; known: transaction:false", line)
            }
        }
        return plain
    }

    private static func isDuration(_ text: Substring) -> Bool {
        let unit = text.drop { $0.isASCII && $0.isNumber }
        return unit.count < text.count && ["ms", "s", "min"].contains(unit)
    }

    private func refusal(_ message: String, _ line: Int) -> MigrationError {
        MigrationError(.file, message, path: path, line: line, column: 1)
    }
}
