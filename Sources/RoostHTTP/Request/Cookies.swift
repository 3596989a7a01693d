/// The cookies of a request, in the order sent; the first of a name wins, as in Werkzeug.
public struct Cookies: Sequence {
    public typealias Element = (name: String, value: String)

    private var list: [Element] = []

    public init() {}

    /// Reads a `Cookie` header; invalid UTF-8 is replaced, a piece without `=` is a name with an empty value.
    public init(header: some BidirectionalCollection<UInt8>) {
        for piece in header.split(separator: ASCII.semicolon) {
            let split = piece.firstIndex(of: ASCII.equals) ?? piece.endIndex
            let name = String(decoding: piece[..<split].trimmed(), as: UTF8.self)
            if name.isEmpty { continue }
            let value = Array(piece[split...].dropFirst().trimmed())
            list.append((name, String(decoding: Self.unquoted(value), as: UTF8.self)))
        }
    }

    public var count: Int { list.count }
    public func makeIterator() -> IndexingIterator<[Element]> { list.makeIterator() }
    public subscript(name: String) -> String? { list.first { $0.name == name }?.value }

    /// Takes the quotes off a quoted value and reads its `\"` and `\ooo`.
    private static func unquoted(_ value: [UInt8]) -> [UInt8] {
        guard value.count >= 2, value.first == ASCII.quote, value.last == ASCII.quote else { return value }
        let inner = value[1..<value.count - 1]
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
