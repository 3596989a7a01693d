/// Why a header was refused.
public struct HeaderError: Error, Equatable, CustomStringConvertible {
    public let description: String
}

/// Response headers: ordered, several of one name allowed, names compared without case.
///
/// CR, LF and NUL never get in. `add` and `set` throw; the subscript cannot, so it remembers the first refusal in
/// `refusal`, and the app turns that into a 500 with the reason in its log before anything reaches the wire.
public struct Headers: Sendable, Sequence, ExpressibleByDictionaryLiteral {
    public typealias Element = (name: String, value: String)

    private var list: [Element] = []
    /// The first header that the subscript or a literal had to refuse.
    public private(set) var refusal: HeaderError?

    public init() {}

    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { remember { (headers) throws(HeaderError) in try headers.add(name, value) } }
    }

    public var count: Int { list.count }
    public var isEmpty: Bool { list.isEmpty }

    public func makeIterator() -> IndexingIterator<[Element]> { list.makeIterator() }

    /// The first value of a name. Setting replaces every value of the name; nil removes them.
    public subscript(name: String) -> String? {
        get { list.first { ASCII.equalIgnoringCase($0.name, name) }?.value }
        set {
            guard let newValue else { return remove(name) }
            remember { (headers) throws(HeaderError) in try headers.set(name, newValue) }
        }
    }

    /// Every value of a name, in order.
    public func all(_ name: String) -> [String] {
        list.filter { ASCII.equalIgnoringCase($0.name, name) }.map(\.value)
    }

    public func contains(_ name: String) -> Bool { list.contains { ASCII.equalIgnoringCase($0.name, name) } }

    /// Adds a header beside those of the same name. Throws when name or value could break the header block.
    public mutating func add(_ name: String, _ value: String) throws(HeaderError) {
        try Self.check(name, value)
        list.append((name, value))
    }

    /// Replaces every header of the name. Throws when name or value could break the header block.
    public mutating func set(_ name: String, _ value: String) throws(HeaderError) {
        try Self.check(name, value)
        guard let index = list.firstIndex(where: { ASCII.equalIgnoringCase($0.name, name) }) else {
            return list.append((name, value))
        }
        list[index].value = value
        var seen = 0
        list.removeAll { header in
            guard ASCII.equalIgnoringCase(header.name, name) else { return false }
            seen += 1
            return seen > 1
        }
    }

    public mutating func remove(_ name: String) {
        list.removeAll { ASCII.equalIgnoringCase($0.name, name) }
    }

    /// Adds every header of another list, its refusal included.
    public mutating func merge(_ other: Headers) {
        list.append(contentsOf: other.list)
        refusal = refusal ?? other.refusal
    }

    /// Sets the length of the body, which is always clean.
    package mutating func setContentLength(_ length: Int64) {
        remove("Content-Length")
        addTrusted("Content-Length", String(length))
    }

    /// Adds a header whose name and value are known to be clean: written in this package.
    mutating func addTrusted(_ name: String, _ value: String) { list.append((name, value)) }

    private mutating func remember(_ change: (inout Headers) throws(HeaderError) -> Void) {
        do { try change(&self) } catch { refusal = refusal ?? error }
    }

    private static func check(_ name: String, _ value: String) throws(HeaderError) {
        guard !name.isEmpty, name.utf8.allSatisfy(ASCII.isToken) else {
            throw HeaderError(description: "the header name \(name.debugDescription) is not a token")
        }
        for byte in value.utf8 where byte < 0x20 && byte != ASCII.tab || byte == 0x7F {
            throw HeaderError(description: "the header \(name) holds the control byte \(byte)")
        }
    }
}
