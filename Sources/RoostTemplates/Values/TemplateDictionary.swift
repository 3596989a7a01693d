/// A dictionary that keeps the order of insertion, with any hashable template value as key.
///
/// Small dictionaries are searched from the front, comparing stored hashes; larger ones have an open-addressed index.
public final class TemplateDictionary {
    struct Entry {
        let hash: UInt64
        let key: TemplateValue
        var value: TemplateValue
    }

    private(set) var entries: [Entry] = []
    private var index: [Int32] = []
    private static let smallLimit = 8

    /// Makes an empty dictionary.
    public init() {}

    convenience init(_ values: [String: TemplateValue]) {
        self.init()
        reserve(values.count)
        for (name, value) in values { self[name] = value }
    }

    /// The number of keys.
    public var count: Int { entries.count }

    /// The keys in order.
    public var keys: [TemplateValue] { entries.map(\.key) }

    /// The values in order.
    public var values: [TemplateValue] { entries.map(\.value) }

    /// The value of a string key.
    public subscript(key: String) -> TemplateValue? {
        get { value(named: key, hash: hashBytes(of: key)) }
        set {
            if let newValue {
                set(newValue, for: .string(key), hash: hashBytes(of: key))
            } else {
                remove(.string(key), hash: hashBytes(of: key))
            }
        }
    }

    func reserve(_ count: Int) {
        entries.reserveCapacity(count)
    }

    @inline(__always)
    func value(named name: String, hash: UInt64) -> TemplateValue? {
        guard let position = position(hash: hash, where: { $0.isText(name) }) else { return nil }
        return entries[position].value
    }

    func value(for key: TemplateValue) throws -> TemplateValue? {
        let hash = try key.hashValue64()
        return position(hash: hash) { $0.isEqual(to: key) }.map { entries[$0].value }
    }

    func set(_ value: TemplateValue, for key: TemplateValue) throws {
        set(value, for: key, hash: try key.hashValue64())
    }

    @discardableResult
    func remove(_ key: TemplateValue) throws -> TemplateValue? {
        remove(key, hash: try key.hashValue64())
    }

    private func set(_ value: TemplateValue, for key: TemplateValue, hash: UInt64) {
        if let position = position(hash: hash, where: { $0.isEqual(to: key) }) {
            entries[position].value = value
            return
        }
        entries.append(Entry(hash: hash, key: key, value: value))
        guard entries.count > Self.smallLimit else { return }
        if entries.count * 2 > index.count { rebuildIndex() } else { place(entries.count - 1) }
    }

    @discardableResult
    private func remove(_ key: TemplateValue, hash: UInt64) -> TemplateValue? {
        guard let position = position(hash: hash, where: { $0.isEqual(to: key) }) else { return nil }
        let old = entries.remove(at: position).value
        if entries.count > Self.smallLimit { rebuildIndex() } else { index = [] }
        return old
    }

    @inline(__always)
    private func position(hash: UInt64, where matches: (TemplateValue) -> Bool) -> Int? {
        if index.isEmpty {
            for position in entries.indices where entries[position].hash == hash && matches(entries[position].key) {
                return position
            }
            return nil
        }
        let mask = index.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while index[slot] >= 0 {
            let position = Int(index[slot])
            if entries[position].hash == hash, matches(entries[position].key) { return position }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private func rebuildIndex() {
        var capacity = 32
        while capacity < entries.count * 3 { capacity *= 2 }
        index = [Int32](repeating: -1, count: capacity)
        for position in entries.indices { place(position) }
    }

    private func place(_ position: Int) {
        let mask = index.count - 1
        var slot = Int(truncatingIfNeeded: entries[position].hash) & mask
        while index[slot] >= 0 { slot = (slot + 1) & mask }
        index[slot] = Int32(position)
    }
}
