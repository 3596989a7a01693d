/// The members of an object in a session, in order. Keys are compared by their bytes, as Python does.
public struct SessionObject: Sendable, Sequence, ExpressibleByDictionaryLiteral {
    public typealias Element = (key: String, value: SessionValue)

    private var members: [Element] = []
    /// Places by key, kept once an object is large, so that a hostile one is not quadratic.
    private var places: [[UInt8]: Int]?
    private static let smallLimit = 16

    public init() {}

    /// The members in this order; of equal keys the last value wins.
    public init(_ pairs: some Sequence<(String, SessionValue)>) {
        for (key, value) in pairs { self[key] = value }
    }

    public init(dictionaryLiteral elements: (String, SessionValue)...) { self.init(elements) }

    public var count: Int { members.count }
    public var isEmpty: Bool { members.isEmpty }
    public var keys: [String] { members.map(\.key) }
    public func makeIterator() -> IndexingIterator<[Element]> { members.makeIterator() }

    /// The value of a key. Setting nil removes the key.
    public subscript(key: String) -> SessionValue? {
        get { place(of: key).map { members[$0].value } }
        set {
            guard let newValue else { return remove(key) }
            if let place = place(of: key) { members[place].value = newValue } else { append(key, newValue) }
        }
    }

    public func contains(_ key: String) -> Bool { place(of: key) != nil }

    /// The members in the order of their keys' code points, which is that of their bytes.
    func sorted() -> [Element] { members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) } }

    private func place(of key: String) -> Int? {
        if let places { return places[Array(key.utf8)] }
        return members.firstIndex { $0.key.utf8.elementsEqual(key.utf8) }
    }

    private mutating func append(_ key: String, _ value: SessionValue) {
        members.append((key, value))
        if places != nil {
            places?[Array(key.utf8)] = members.count - 1
        } else if members.count > Self.smallLimit {
            index()
        }
    }

    private mutating func remove(_ key: String) {
        guard let place = place(of: key) else { return }
        members.remove(at: place)
        if places != nil { index() }
    }

    private mutating func index() {
        var places: [[UInt8]: Int] = [:]
        for (place, member) in members.enumerated() { places[Array(member.key.utf8)] = place }
        self.places = places
    }
}

extension SessionObject: Equatable {
    /// The order does not matter.
    public static func == (one: SessionObject, other: SessionObject) -> Bool {
        one.count == other.count && one.members.allSatisfy { other[$0.key] == $0.value }
    }
}
