extension TemplateValue {
    /// The value of a type that is `Encodable`: structures become dictionaries, with their members in order.
    ///
    ///     try TemplateValue(encoding: user)    // {{ user.name }}
    ///
    /// It costs an encoding each time; a type that is rendered often should be a `TemplateObject`.
    ///
    /// - Throws: what the type's own `encode(to:)` throws.
    public init(encoding value: some Encodable) throws {
        self = try TemplateEncoder.value(of: value, at: [])
    }
}

/// Encodes to template values.
private struct TemplateEncoder: Encoder {
    /// Where the value goes that is encoded.
    final class Box {
        var value = TemplateValue.none
    }

    let box = Box()
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    static func value(of value: some Encodable, at path: [any CodingKey]) throws -> TemplateValue {
        if let convertible = value as? any TemplateConvertible { return convertible.templateValue }
        let encoder = TemplateEncoder(codingPath: path)
        try value.encode(to: encoder)
        return encoder.box.value
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        let dictionary = TemplateDictionary()
        box.value = .dict(dictionary)
        return KeyedEncodingContainer(KeyedContainer<Key>(dictionary: dictionary, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        let list = TemplateList()
        box.value = .list(list)
        return ListContainer(list: list, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        SingleContainer(box: box, codingPath: codingPath)
    }
}

private struct KeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let dictionary: TemplateDictionary
    let codingPath: [any CodingKey]

    mutating func encodeNil(forKey key: Key) { dictionary[key.stringValue] = TemplateValue.none }

    mutating func encode(_ value: some Encodable, forKey key: Key) throws {
        dictionary[key.stringValue] = try TemplateEncoder.value(of: value, at: codingPath + [key])
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        let inner = TemplateDictionary()
        dictionary[key.stringValue] = .dict(inner)
        return KeyedEncodingContainer(KeyedContainer<Nested>(dictionary: inner, codingPath: codingPath + [key]))
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        let inner = TemplateList()
        dictionary[key.stringValue] = .list(inner)
        return ListContainer(list: inner, codingPath: codingPath + [key])
    }

    /// The members of a superclass join those of the class.
    mutating func superEncoder() -> any Encoder { InnerEncoder(dictionary: dictionary, codingPath: codingPath) }
    mutating func superEncoder(forKey key: Key) -> any Encoder {
        let inner = TemplateDictionary()
        dictionary[key.stringValue] = .dict(inner)
        return InnerEncoder(dictionary: inner, codingPath: codingPath + [key])
    }
}

private struct ListContainer: UnkeyedEncodingContainer {
    let list: TemplateList
    let codingPath: [any CodingKey]
    var count: Int { list.items.count }

    mutating func encodeNil() { list.items.append(.none) }

    mutating func encode(_ value: some Encodable) throws {
        list.items.append(try TemplateEncoder.value(of: value, at: codingPath))
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        let inner = TemplateDictionary()
        list.items.append(.dict(inner))
        return KeyedEncodingContainer(KeyedContainer<Nested>(dictionary: inner, codingPath: codingPath))
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        let inner = TemplateList()
        list.items.append(.list(inner))
        return ListContainer(list: inner, codingPath: codingPath)
    }

    mutating func superEncoder() -> any Encoder {
        let inner = TemplateDictionary()
        list.items.append(.dict(inner))
        return InnerEncoder(dictionary: inner, codingPath: codingPath)
    }
}

private struct SingleContainer: SingleValueEncodingContainer {
    let box: TemplateEncoder.Box
    let codingPath: [any CodingKey]

    mutating func encodeNil() { box.value = TemplateValue.none }

    mutating func encode(_ value: some Encodable) throws {
        box.value = try TemplateEncoder.value(of: value, at: codingPath)
    }

    mutating func encode(_ value: Float) throws { box.value = .float(Double(value)) }

    mutating func encode(_ value: some Encodable & BinaryInteger) throws { box.value = TemplateEncoder.integer(value) }
    mutating func encode(_ value: Int8) throws { box.value = .int(Int(value)) }
    mutating func encode(_ value: Int16) throws { box.value = .int(Int(value)) }
    mutating func encode(_ value: UInt) throws { box.value = TemplateEncoder.integer(value) }
    mutating func encode(_ value: UInt8) throws { box.value = .int(Int(value)) }
    mutating func encode(_ value: UInt16) throws { box.value = .int(Int(value)) }
    mutating func encode(_ value: UInt32) throws { box.value = .int(Int(value)) }
    mutating func encode(_ value: UInt64) throws { box.value = TemplateEncoder.integer(value) }
}

extension TemplateEncoder {
    fileprivate static func integer(_ value: some BinaryInteger) -> TemplateValue {
        Int(exactly: value).map { .int($0) } ?? TemplateValue(integer: String(value)) ?? .none
    }
}

/// Adds members to a dictionary that exists.
private struct InnerEncoder: Encoder {
    let dictionary: TemplateDictionary
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(KeyedContainer<Key>(dictionary: dictionary, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        ListContainer(list: TemplateList(), codingPath: codingPath)
    }
    func singleValueContainer() -> any SingleValueEncodingContainer {
        SingleContainer(box: TemplateEncoder.Box(), codingPath: codingPath)
    }
}
