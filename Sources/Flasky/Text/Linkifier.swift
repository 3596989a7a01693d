/// Makes links of bare addresses and domain names in a text: `www.example.com` and `http://example.com/a?b`.
///
/// An address ends in a known top-level domain; a full stop, a comma and unbalanced brackets round it stay outside.
/// Mail addresses are left alone.
enum Linkifier {
    private static let schemes = ["http", "https", "ftp"].map { Array($0.utf8) }

    /// Appends a text as HTML.
    static func append(_ text: [UInt8], to bytes: inout [UInt8]) {
        var written = 0
        var start = 0
        while start < text.count {
            guard isWord(text[start]), mayBegin(text, at: start), let end = endOfAddress(in: text, from: start) else {
                start += 1
                continue
            }
            HTMLWriter.escape(Array(text[written..<start]), quotes: false, to: &bytes)
            appendLink(Array(text[start..<end]), to: &bytes)
            written = end
            start = end
        }
        HTMLWriter.escape(Array(text[written...]), quotes: false, to: &bytes)
    }

    private static func appendLink(_ address: [UInt8], to bytes: inout [UInt8]) {
        bytes += "<a href=\"".utf8
        if schemeEnd(address, from: 0) == 0 { bytes += "http://".utf8 }
        HTMLWriter.escape(address, quotes: true, to: &bytes)
        bytes += "\" rel=\"nofollow\">".utf8
        HTMLWriter.escape(address, quotes: false, to: &bytes)
        bytes += "</a>".utf8
    }

    /// At the beginning of a word, and not inside a mail address or another domain name.
    private static func mayBegin(_ text: [UInt8], at start: Int) -> Bool {
        guard start > 0 else { return true }
        let before = text[start - 1]
        return !isWord(before) && before != UInt8(ascii: "@") && before != UInt8(ascii: ".")
    }

    // MARK: One address

    private static func endOfAddress(in text: [UInt8], from start: Int) -> Int? {
        let afterScheme = schemeEnd(text, from: start)
        let host = afterScheme > start ? userEnd(text, from: afterScheme) : start
        guard var end = hostEnd(text, from: host) else { return nil }
        end = portEnd(text, from: end)
        if end < text.count, text[end] == UInt8(ascii: "/") || text[end] == UInt8(ascii: "?") {
            while end < text.count, isPath(text[end]) { end += 1 }
        }
        return trimmed(text, start, end)
    }

    /// Behind `http://`; `from` itself when there is none.
    private static func schemeEnd(_ text: [UInt8], from start: Int) -> Int {
        for scheme in schemes {
            let colon = start + scheme.count
            guard colon < text.count, text[colon] == UInt8(ascii: ":") else { continue }
            guard scheme.indices.allSatisfy({ text[start + $0] | 0x20 == scheme[$0] }) else { continue }
            var end = colon + 1
            while end < text.count, end < colon + 4, text[end] == UInt8(ascii: "/") { end += 1 }
            return end
        }
        return start
    }

    /// Behind `name:word@`; `from` itself when there is none.
    private static func userEnd(_ text: [UInt8], from start: Int) -> Int {
        var at = start
        while at < text.count, isWord(text[at]) || text[at] == UInt8(ascii: ":") { at += 1 }
        return at > start && at < text.count && text[at] == UInt8(ascii: "@") ? at + 1 : start
    }

    /// Behind a domain name of at least two labels whose last one is known.
    private static func hostEnd(_ text: [UInt8], from start: Int) -> Int? {
        var labelStart = start
        var labels = 0
        var end: Int?
        var index = start
        while index <= text.count {
            let byte = index < text.count ? text[index] : 0
            if isWord(byte) || byte == UInt8(ascii: "-") {
                index += 1
                continue
            }
            guard index > labelStart else { break }
            labels += 1
            end = labels > 1 && TopLevelDomains.contains(text[labelStart..<index]) ? index : nil
            let goesOn = byte == UInt8(ascii: ".") && index + 1 < text.count && isWord(text[index + 1])
            guard goesOn else { break }
            index += 1
            labelStart = index
        }
        return end
    }

    private static func portEnd(_ text: [UInt8], from start: Int) -> Int {
        guard start < text.count, text[start] == UInt8(ascii: ":") else { return start }
        var end = start + 1
        while end < text.count, (48...57).contains(text[end]) { end += 1 }
        return end > start + 1 ? end : start
    }

    /// Leaves out what closes the sentence rather than the address.
    private static func trimmed(_ text: [UInt8], _ start: Int, _ end: Int) -> Int {
        var end = end
        while end > start {
            let last = text[end - 1]
            let closes = last == UInt8(ascii: ")") && excessOfClosing(text[start..<end]) > 0
            guard closes || last == UInt8(ascii: ",") || last == UInt8(ascii: ".") else { break }
            end -= 1
        }
        return end
    }

    private static func excessOfClosing(_ text: ArraySlice<UInt8>) -> Int {
        text.reduce(0) { $0 + ($1 == UInt8(ascii: ")") ? 1 : $1 == UInt8(ascii: "(") ? -1 : 0) }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_")
            || byte >= 0x80
    }

    private static func isPath(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte != 0x7F && !"{}|\\^[]`<>\"".utf8.contains(byte)
    }
}
