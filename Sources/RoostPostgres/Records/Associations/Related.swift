/// What an association loads: another record (`Related<User>`), several (`Related<[Comment]>`) or a number.
///
/// Nothing is fetched behind the reader's back: a value that no query included is an error that says so, never one
/// more statement for each row.
public struct Related<Value: Sendable>: Sendable {
    /// In memory of its own, so that records may refer to records of the same type.
    private indirect enum State: Sendable {
        case notLoaded
        case absent
        case loaded(Value)
    }

    private var state = State.notLoaded

    /// Not loaded yet, as every record begins.
    public init() {}

    /// A value that is known without asking the database.
    public init(_ value: Value) {
        state = .loaded(value)
    }

    init(loaded value: Value?) {
        state = value.map { .loaded($0) } ?? .absent
    }

    /// A query has looked for the value, found or not.
    public var isLoaded: Bool {
        if case .notLoaded = state { false } else { true }
    }

    /// The value; nil when there is none or none was loaded.
    public var value: Value? {
        if case .loaded(let value) = state { value } else { nil }
    }

    /// The value, which must have been loaded and be there.
    ///
    /// - Throws: ``RelatedError``.
    public func get() throws(RelatedError) -> Value {
        switch state {
        case .loaded(let value): return value
        case .absent: throw RelatedError(isLoaded: true, type: "\(Value.self)")
        case .notLoaded: throw RelatedError(isLoaded: false, type: "\(Value.self)")
        }
    }
}

/// An associated value that was asked for and is not there.
public struct RelatedError: Error, CustomStringConvertible {
    /// A query looked for it in vain; false when no query was told to.
    public let isLoaded: Bool
    let type: String

    public var description: String {
        isLoaded
            ? "there is no associated \(type)"
            : "the associated \(type) was not loaded; add .including(…) to the query that fetched the record"
    }
}

extension Related: Codable where Value: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if !container.decodeNil() { state = .loaded(try container.decode(Value.self)) }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let value { try container.encode(value) } else { try container.encodeNil() }
    }
}

extension Related: Equatable where Value: Equatable {
    public static func == (left: Related, right: Related) -> Bool {
        left.isLoaded == right.isLoaded && left.value == right.value
    }
}

extension KeyedDecodingContainer {
    /// A key that is not there means not loaded: rows have no column for an association.
    public func decode<Value>(_ type: Related<Value>.Type, forKey key: Key) throws -> Related<Value>
    where Value: Codable {
        try decodeIfPresent(type, forKey: key) ?? Related()
    }
}

extension KeyedEncodingContainer {
    /// What was not loaded is left out.
    public mutating func encode<Value>(_ related: Related<Value>, forKey key: Key) throws where Value: Codable {
        guard related.isLoaded else { return }
        try encodeIfPresent(related.value, forKey: key)
    }
}
