import Glibc

/// The CGI variables of one request: names and values in one contiguous buffer, looked up by comparing bytes.
///
/// A gateway appends what the web server sent; nothing becomes a `String` until somebody asks for it. `HTTP_PROXY` is
/// never kept: a request header of that name must not steer outgoing connections.
public struct ServerVariables {
    private struct Entry {
        var start: Int32
        var nameCount: Int32
        var valueCount: Int32

        /// Behind the name and its equals sign.
        var value: Range<Int> {
            let start = Int(start + nameCount) + 1
            return start..<start + Int(valueCount)
        }
    }

    private var storage: [UInt8] = []
    private var entries: [Entry] = []

    /// No variables yet.
    public init() {}

    /// The variables in a list, for tests and tools.
    public init(_ pairs: KeyValuePairs<String, String>) {
        for (name, value) in pairs { append(name, value) }
    }

    /// The variables of a `NAME=value` list that ends with a null pointer, as C programs receive them.
    ///
    /// One allocation for all texts: this runs for every request, before anybody knows which of them matter.
    /// - Parameters:
    ///   - list: pointers to texts that end with NUL.
    ///   - limit: most bytes that all texts may have together.
    /// - Returns: `nil` when they have more.
    public init?(list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>, limit: Int) {
        entries.reserveCapacity(40)
        var total = 0
        var next = list
        while let text = next.pointee {
            let count = strlen(text)
            guard total + count <= limit else { return nil }
            let nameCount = memchr(text, Int32(UInt8(ascii: "=")), count).map { $0 - UnsafeMutableRawPointer(text) }
            let kept = nameCount.map { Self.keeps(text, $0) } ?? false
            let start = Int32(truncatingIfNeeded: kept ? total : -1)
            // Name, sign and value are copied as they stand; the entry says where each lies.
            entries.append(
                Entry(
                    start: start, nameCount: Int32(nameCount ?? 0), valueCount: Int32(count) - Int32(nameCount ?? 0) - 1
                ))
            total += kept ? count : 0
            next += 1
        }
        storage = [UInt8](unsafeUninitializedCapacity: total) { buffer, filled in
            filled = Self.copy(list, entries, into: buffer)
        }
        entries.removeAll { $0.start < 0 }
    }

    private static func keeps(_ text: UnsafeMutablePointer<CChar>, _ nameCount: Int) -> Bool {
        nameCount != 10 || memcmp(text, "HTTP_PROXY", 10) != 0
    }

    private static func copy(
        _ list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>, _ entries: [Entry],
        into buffer: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var end = 0
        for (index, entry) in entries.enumerated() where entry.start >= 0 {
            guard let text = list[index], let base = buffer.baseAddress else { break }
            let count = Int(entry.nameCount + entry.valueCount) + 1
            memcpy(base + end, text, count)
            end += count
        }
        return end
    }

    /// How many variables there are.
    public var count: Int { entries.count }

    /// How many bytes names and values take together.
    public var byteCount: Int { storage.count }

    /// Makes room once, so that appending does not grow the buffer again and again.
    public mutating func reserve(bytes: Int, variables: Int) {
        storage.reserveCapacity(bytes)
        entries.reserveCapacity(variables)
    }

    /// Forgets every variable and keeps the memory, for the next request on the same connection.
    public mutating func removeAll() {
        storage.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
    }

    /// Adds a variable. The caller limits the sum of all sizes (the gateway's header limit).
    public mutating func append(name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>) {
        if Self.equal(name, "HTTP_PROXY") { return }
        let start = Int32(storage.count)
        storage.append(contentsOf: name)
        storage.append(UInt8(ascii: "="))
        storage.append(contentsOf: value)
        entries.append(Entry(start: start, nameCount: Int32(name.count), valueCount: Int32(value.count)))
    }

    /// Adds a variable from text.
    public mutating func append(_ name: String, _ value: String) {
        var (name, value) = (name, value)
        name.withUTF8 { name in value.withUTF8 { append(name: name, value: $0) } }
    }

    /// The value as text, invalid UTF-8 replaced; nil when the variable was not sent.
    public subscript(name: StaticString) -> String? {
        withBytes(of: name) { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether the variable was sent.
    public func contains(_ name: StaticString) -> Bool { range(of: name) != nil }

    /// Lends the value's bytes; nil when the variable was not sent.
    @inline(__always)
    public func withBytes<Result>(of name: StaticString, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
        guard let range = range(of: name) else { return nil }
        return storage.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// Every variable in the order sent.
    public var all: [(name: String, value: String)] {
        entries.map { entry in
            let name = storage[Int(entry.start)..<Int(entry.start + entry.nameCount)]
            let value = storage[entry.value]
            return (String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
        }
    }

    /// Lends the whole buffer, for ranges found with `range(of:)`.
    @inline(__always)
    func withStorage<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        try storage.withUnsafeBufferPointer(body)
    }

    /// Where the value of a variable lies. The last one wins when a name was sent twice.
    func range(of name: StaticString) -> Range<Int>? {
        let count = Int32(name.utf8CodeUnitCount)
        return find { entry, bytes in
            entry.nameCount == count && Self.equal(Self.name(of: entry, in: bytes), name)
        }
    }

    /// Where the value of a request header lies: `Content-Type` is `CONTENT_TYPE`, `Accept` is `HTTP_ACCEPT`.
    func range(ofHeader header: String) -> Range<Int>? {
        if ASCII.equalIgnoringCase(header, "Content-Type") { return range(of: "CONTENT_TYPE") }
        if ASCII.equalIgnoringCase(header, "Content-Length") { return range(of: "CONTENT_LENGTH") }
        var header = header
        return header.withUTF8 { header in
            find { entry, bytes in
                entry.nameCount == header.count + 5 && Self.isHeader(Self.name(of: entry, in: bytes), header)
            }
        }
    }

    private func find(_ matches: (Entry, UnsafeBufferPointer<UInt8>) -> Bool) -> Range<Int>? {
        storage.withUnsafeBufferPointer { bytes in
            for entry in entries.reversed() where matches(entry, bytes) {
                return entry.value
            }
            return nil
        }
    }

    private static func name(
        of entry: Entry, in bytes: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[Int(entry.start)..<Int(entry.start + entry.nameCount)])
    }

    private static func isHeader(_ name: UnsafeBufferPointer<UInt8>, _ header: UnsafeBufferPointer<UInt8>) -> Bool {
        guard equal(UnsafeBufferPointer(rebasing: name[..<5]), "HTTP_") else { return false }
        for index in header.indices {
            let wanted = header[index] == ASCII.dash ? ASCII.underscore : ASCII.uppercased(header[index])
            if name[index + 5] != wanted { return false }
        }
        return true
    }

    private static func equal(_ bytes: UnsafeBufferPointer<UInt8>, _ text: StaticString) -> Bool {
        guard bytes.count == text.utf8CodeUnitCount else { return false }
        let other = UnsafeBufferPointer(start: text.utf8Start, count: bytes.count)
        // From the end: names differ there, and share prefixes such as HTTP_ and REQUEST_.
        var index = bytes.count
        while index > 0 {
            index -= 1
            if bytes[index] != other[index] { return false }
        }
        return true
    }
}

extension ServerVariables: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { append(name, value) }
    }
}
