/// The cookies of a request, in the order sent; the first of a name wins, as in Werkzeug.
public struct Cookies: Sequence {
    public typealias Element = (name: String, value: String)

    private var list: [Element] = []

    public init() {}

    /// Reads a `Cookie` header as Werkzeug does: values may be quoted, a name alone has the empty value, a piece that
    /// is malformed is skipped, invalid UTF-8 is replaced.
    public init(header: some BidirectionalCollection<UInt8>) {
        let bytes = Array(header)
        var place = 0
        while place < bytes.count {
            if let (cookie, next) = Self.cookie(bytes, from: place) {
                list.append(cookie)
                place = next
            } else {
                place = (bytes[place...].firstIndex(of: ASCII.semicolon) ?? bytes.count) + 1
            }
        }
    }

    public var count: Int { list.count }
    public var isEmpty: Bool { list.isEmpty }
    public func makeIterator() -> IndexingIterator<[Element]> { list.makeIterator() }
    public subscript(name: String) -> String? { list.first { $0.name == name }?.value }

    /// Every value of a name: browsers send one for each path that has it.
    public func all(_ name: String) -> [String] { list.filter { $0.name == name }.map(\.value) }

    /// Reads `name=value` up to the semicolon behind it; nil when it is malformed.
    private static func cookie(_ bytes: [UInt8], from start: Int) -> (Element, next: Int)? {
        var place = skipBlanks(bytes, start)
        let name = bytes[place...].prefix {
            !isBlank($0) && $0 != ASCII.equals && $0 != ASCII.quote && $0 != ASCII.semicolon
        }
        guard !name.isEmpty else { return nil }
        place = skipBlanks(bytes, name.endIndex)
        var value: [UInt8] = []
        if place < bytes.count, bytes[place] == ASCII.equals {
            place = skipBlanks(bytes, place + 1)
            if place < bytes.count, bytes[place] == ASCII.quote {
                guard let end = closingQuote(bytes, place + 1) else { return nil }
                value = unescaped(bytes[(place + 1)..<end])
                place = end + 1
            } else {
                let token = bytes[place...].prefix { !isBlank($0) && $0 != ASCII.quote && $0 != ASCII.semicolon }
                value = Array(token)
                place = token.endIndex
            }
            place = skipBlanks(bytes, place)
        }
        guard place >= bytes.count || bytes[place] == ASCII.semicolon else { return nil }
        return ((String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self)), place + 1)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == ASCII.space || byte == ASCII.tab }

    private static func skipBlanks(_ bytes: [UInt8], _ start: Int) -> Int {
        var place = start
        while place < bytes.count, isBlank(bytes[place]) { place += 1 }
        return place
    }

    private static func closingQuote(_ bytes: [UInt8], _ start: Int) -> Int? {
        var place = start
        while place < bytes.count {
            if bytes[place] == ASCII.quote { return place }
            place += bytes[place] == ASCII.backslash ? 2 : 1
        }
        return nil
    }

    /// Reads `\"` and `\ooo`.
    private static func unescaped(_ inner: ArraySlice<UInt8>) -> [UInt8] {
        guard inner.contains(ASCII.backslash) else { return Array(inner) }
        var bytes: [UInt8] = []
        var index = inner.startIndex
        while index < inner.endIndex {
            let byte = inner[index]
            index += 1
            guard byte == ASCII.backslash, index < inner.endIndex else {
                bytes.append(byte)
                continue
            }
            if let octal = octal(inner[index...].prefix(3)) {
                bytes.append(octal)
                index += 3
            } else {
                bytes.append(inner[index])
                index += 1
            }
        }
        return bytes
    }

    private static func octal(_ digits: ArraySlice<UInt8>) -> UInt8? {
        guard digits.count == 3, digits.allSatisfy({ (ASCII.zero..<ASCII.zero + 8).contains($0) }) else { return nil }
        let value = digits.reduce(0) { $0 * 8 + Int($1 - ASCII.zero) }
        return value < 256 ? UInt8(value) : nil
    }
}
