/// The keys by which somebody outside may have a list sorted, under the names they are asked for:
/// `["newest": \.timestamp.descending, "name": \.name.ascending]`.
///
/// A column's name is never taken from a request. What is not in the list is refused.
public struct SortKeys<R: Record>: ExpressibleByDictionaryLiteral {
    let keys: [(name: String, path: KeyPath<Source<R>, Ordering>)]

    public init(dictionaryLiteral elements: (String, KeyPath<Source<R>, Ordering>)...) {
        keys = elements.map { (name: $0.0, path: $0.1) }
    }
}

/// Somebody asked for an order that is not offered.
public struct SortKeyError: Error, CustomStringConvertible {
    /// What was asked for.
    public let name: String
    /// What may be asked for.
    public let allowed: [String]

    public var description: String {
        "cannot sort by \"\(name)\"; possible are \(allowed.joined(separator: ", "))"
    }
}

extension Query {
    /// Sorted by one of the given keys, whose name came from outside.
    ///
    /// - Parameters:
    ///   - name: The key's name, nil for the default.
    ///   - keys: What may be asked for.
    ///   - standard: The name of the default; no order when nil.
    /// - Throws: ``SortKeyError`` for any other name.
    public func order(by name: String?, of keys: SortKeys<R>, default standard: String? = nil) throws -> Query<R> {
        guard let wanted = name ?? standard else { return self }
        guard let key = keys.keys.first(where: { $0.name == wanted }) else {
            throw SortKeyError(name: wanted, allowed: keys.keys.map(\.name))
        }
        return order(key.path)
    }
}
