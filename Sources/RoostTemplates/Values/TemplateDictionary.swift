/// A dictionary that keeps the order of insertion, with any hashable template value as key.
///
/// Small dictionaries are searched from the front, comparing stored hashes; larger ones have an open-addressed index.
public final class TemplateDictionary: TemplateContainer {
    struct Entry {
        let hash: UInt64
        let key: TemplateValue
        var value: TemplateValue
    }

    /// Held by hand: a lookup then reads memory and does nothing else.
    private var storage: UnsafeMutablePointer<Entry>
    private var capacity: Int
    /// The number of keys.
    public private(set) var count = 0
    private var index: [Int32] = []
    private static let smallLimit = 8

    /// Makes an empty dictionary.
    public override init() {
        capacity = 4
        storage = .allocate(capacity: 4)
    }

    deinit {
        if UnsafeBufferPointer(start: storage, count: count).contains(where: { $0.value.isContainer }) {
            releaseContents()
        }
        clear()
        storage.deallocate()
    }

    func removeAll() {
        clear()
        index = []
    }

    private func clear() {
        storage.deinitialize(count: count)
        count = 0
    }

    override func takeContents() -> [TemplateValue] {
        var values: [TemplateValue] = []
        values.reserveCapacity(count)
        for position in 0..<count { values.append((storage + position).move().value) }
        count = 0
        index = []
        return values
    }

    /// The pairs in order.
    var entries: [Entry] { Array(UnsafeBufferPointer(start: storage, count: count)) }

    convenience init(_ values: [String: TemplateValue]) {
        self.init()
        reserve(values.count)
        for (name, value) in values { self[name] = value }
    }

    /// The keys in order.
    public var keys: [TemplateValue] { entries.map(\.key) }

    /// The values in order.
    public var values: [TemplateValue] { entries.map(\.value) }

    /// The value of a string key.
    public subscript(key: String) -> TemplateValue? {
        get { value(named: key, hash: hashBytes(of: key)) }
        set {
            let hash = hashBytes(of: key)
            let position = position(hash: hash) { $0.isText(key) }
            if let newValue {
                put(newValue, for: .string(key), hash: hash, at: position)
            } else if let position {
                remove(at: position)
            }
        }
    }

    func reserve(_ count: Int) {
        guard count > capacity else { return }
        let larger = UnsafeMutablePointer<Entry>.allocate(capacity: count)
        larger.moveInitialize(from: storage, count: self.count)
        storage.deallocate()
        (storage, capacity) = (larger, count)
    }

    @inline(__always)
    func value(named name: String, hash: UInt64) -> TemplateValue? {
        guard let position = position(hash: hash, where: { $0.isText(name) }) else { return nil }
        return storage[position].value
    }

    /// The value of a name that was at `hint` in the dictionary asked before: rows of a table are alike.
    @inline(__always)
    func value(named name: String, hash: UInt64, hint: inout Int) -> TemplateValue? {
        if hint < count, storage[hint].hash == hash, storage[hint].key.isText(name) { return storage[hint].value }
        guard let position = position(hash: hash, where: { $0.isText(name) }) else { return nil }
        hint = position
        return storage[position].value
    }

    func value(for key: TemplateValue) throws -> TemplateValue? {
        let hash = try key.hashValue64()
        return try position(hash: hash) { try $0.isEqual(to: key) }.map { storage[$0].value }
    }

    func set(_ value: TemplateValue, for key: TemplateValue) throws {
        let hash = try key.hashValue64()
        put(value, for: key, hash: hash, at: try position(hash: hash) { try $0.isEqual(to: key) })
    }

    @discardableResult
    func remove(_ key: TemplateValue) throws -> TemplateValue? {
        try position(hash: try key.hashValue64()) { try $0.isEqual(to: key) }.map { remove(at: $0) }
    }

    /// Sets the value at the position where the key is, or adds the key.
    private func put(_ value: TemplateValue, for key: TemplateValue, hash: UInt64, at position: Int?) {
        if let position {
            storage[position].value = value
            return
        }
        if count == capacity { reserve(capacity * 2) }
        (storage + count).initialize(to: Entry(hash: hash, key: key, value: value))
        count += 1
        guard count > Self.smallLimit else { return }
        if count * 2 > index.count { rebuildIndex() } else { place(count - 1) }
    }

    @discardableResult
    private func remove(at position: Int) -> TemplateValue {
        let old = (storage + position).move().value
        (storage + position).moveInitialize(from: storage + position + 1, count: count - position - 1)
        count -= 1
        if count > Self.smallLimit { rebuildIndex() } else { index = [] }
        return old
    }

    @inline(__always)
    private func position(hash: UInt64, where matches: (TemplateValue) throws -> Bool) rethrows -> Int? {
        if index.isEmpty {
            var position = 0
            while position < count {
                if storage[position].hash == hash, try matches(storage[position].key) { return position }
                position += 1
            }
            return nil
        }
        let mask = index.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while index[slot] >= 0 {
            let position = Int(index[slot])
            if storage[position].hash == hash, try matches(storage[position].key) { return position }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private func rebuildIndex() {
        var capacity = 32
        while capacity < count * 3 { capacity *= 2 }
        index = [Int32](repeating: -1, count: capacity)
        for position in 0..<count { place(position) }
    }

    private func place(_ position: Int) {
        let mask = index.count - 1
        var slot = Int(truncatingIfNeeded: storage[position].hash) & mask
        while index[slot] >= 0 { slot = (slot + 1) & mask }
        index[slot] = Int32(position)
    }
}
