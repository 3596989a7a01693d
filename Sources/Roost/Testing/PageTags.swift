/// The tags and texts of an HTML page, enough to find its forms. Not a parser for pages of strangers.
struct PageTags: Sequence, IteratorProtocol {
    enum Item: Equatable {
        case open(String, [String: String])
        case close(String)
        case text(String)
    }

    private let bytes: [UInt8]
    private var place = 0
    /// Inside `<script>`, `<style>` and `<textarea>` no tag counts but their own end.
    private var rawUntil: String?

    init(_ page: [UInt8]) { bytes = page }

    mutating func next() -> Item? {
        guard place < bytes.count else { return nil }
        if let name = rawUntil {
            rawUntil = nil
            let end = find("</" + name, from: place) ?? bytes.count
            if end > place { return text(upTo: end) }
        }
        if starts(with: "<!--", at: place) {
            place = (find("-->", from: place + 4) ?? bytes.count - 3) + 3
            return next()
        }
        guard bytes[place] == UInt8(ascii: "<"), place + 1 < bytes.count else { return text(upTo: nextTag()) }
        return tag()
    }

    private func nextTag() -> Int { bytes[(place + 1)...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count }

    private mutating func text(upTo end: Int) -> Item {
        defer { place = end }
        return .text(Self.decoded(bytes[place..<end]))
    }

    private mutating func tag() -> Item? {
        let isClosing = bytes[place + 1] == UInt8(ascii: "/")
        place += isClosing ? 2 : 1
        let name = String(decoding: takeWhile { Self.isNameByte($0) }, as: UTF8.self).lowercased()
        var attributes: [String: String] = [:]
        while place < bytes.count, bytes[place] != UInt8(ascii: ">") {
            if let (key, value) = attribute() { attributes[key] = attributes[key] ?? value } else { place += 1 }
        }
        place = Swift.min(place + 1, bytes.count)
        if name.isEmpty { return next() }
        if isClosing { return .close(name) }
        if ["script", "style", "textarea", "title"].contains(name) { rawUntil = name }
        return .open(name, attributes)
    }

    private mutating func attribute() -> (String, String)? {
        let name = takeWhile { Self.isNameByte($0) }
        guard !name.isEmpty else { return nil }
        let key = String(decoding: name, as: UTF8.self).lowercased()
        _ = takeWhile(Self.isBlank)
        guard place < bytes.count, bytes[place] == UInt8(ascii: "=") else { return (key, "") }
        place += 1
        _ = takeWhile(Self.isBlank)
        guard place < bytes.count else { return (key, "") }
        let quote = bytes[place]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            return (key, Self.decoded(takeWhile { !Self.isBlank($0) && $0 != UInt8(ascii: ">") }))
        }
        place += 1
        let value = takeWhile { $0 != quote }
        place = Swift.min(place + 1, bytes.count)
        return (key, Self.decoded(value))
    }

    private mutating func takeWhile(_ holds: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let taken = bytes[place...].prefix(while: holds)
        place = taken.endIndex
        return taken
    }

    private func starts(with text: String, at index: Int) -> Bool {
        index + text.utf8.count <= bytes.count
            && zip(bytes[index...], text.utf8).allSatisfy { $0 | ($0 &- 65 < 26 ? 0x20 : 0) == $1 }
    }

    private func find(_ text: String, from start: Int) -> Int? {
        start < bytes.count ? bytes.indices[start...].first { starts(with: text, at: $0) } : nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        !isBlank(byte) && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "=") && byte != UInt8(ascii: "/")
            && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "'")
    }

    /// Reads the entities that pages of ours hold: the five of escaping, and numbers.
    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var text = ""
        var rest = bytes
        while let mark = rest.firstIndex(of: UInt8(ascii: "&")) {
            text += String(decoding: rest[..<mark], as: UTF8.self)
            rest = rest[mark...]
            guard let end = rest.prefix(10).firstIndex(of: UInt8(ascii: ";")),
                let character = entity(String(decoding: rest[(mark + 1)..<end], as: UTF8.self))
            else {
                text += "&"
                rest = rest.dropFirst()
                continue
            }
            text.unicodeScalars.append(character)
            rest = rest[(end + 1)...]
        }
        return text + String(decoding: rest, as: UTF8.self)
    }

    private static func entity(_ name: String) -> Unicode.Scalar? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        case "nbsp": return "\u{A0}"
        default: break
        }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let code =
            digits.hasPrefix("x") || digits.hasPrefix("X") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return code.flatMap(Unicode.Scalar.init)
    }
}
