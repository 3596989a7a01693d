/// Names a value of one type in the storage of a request or an app. An empty enum serves:
///
/// ```swift
/// enum CurrentUser: StorageKey { typealias Value = User }
/// request.storage[CurrentUser.self] = user
/// ```
public protocol StorageKey {
    associatedtype Value
}

/// Values that other rooms and the app keep with a request or an app. A handful at most: it is a list.
public struct Storage {
    /// Holds a value whose type its key knows, so that looking it up costs no cast.
    private final class Box<Value> {
        let value: Value
        init(_ value: Value) { self.value = value }
    }

    private var entries: [(key: ObjectIdentifier, box: AnyObject)] = []

    public init() {}

    public subscript<Key: StorageKey>(key: Key.Type) -> Key.Value? {
        get {
            let id = ObjectIdentifier(key)
            for index in entries.indices where entries[index].key == id {
                return unsafeDowncast(entries[index].box, to: Box<Key.Value>.self).value
            }
            return nil
        }
        set {
            let id = ObjectIdentifier(key)
            entries.removeAll { $0.key == id }
            if let newValue { entries.append((id, Box(newValue))) }
        }
    }

    /// The value of a key, made on its first use.
    public mutating func value<Key: StorageKey>(
        _ key: Key.Type, makeIfMissing make: () throws -> Key.Value
    ) rethrows -> Key.Value {
        if let value = self[key] { return value }
        let value = try make()
        entries.append((ObjectIdentifier(key), Box(value)))
        return value
    }
}
