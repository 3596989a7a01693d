/// The members of an object being encoded.
struct JSONKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let output: JSONOutput
    let depth: Int
    let codingPath: [any CodingKey] = []

    private func key(_ key: Key) {
        output.close(to: depth)
        output.writer.key(dynamic: key.stringValue)
    }

    func encodeNil(forKey key: Key) {
        self.key(key)
        output.writer.null()
    }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        self.key(key)
        try output.encode(value)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        self.key(key)
        return KeyedEncodingContainer(JSONKeyedContainer<Nested>(output: output, depth: output.begin(object: true)))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        self.key(key)
        return JSONUnkeyedContainer(output: output, depth: output.begin(object: false))
    }

    func superEncoder() -> any Encoder {
        output.close(to: depth)
        output.writer.key("super")
        return JSONValueEncoder(output: output)
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        self.key(key)
        return JSONValueEncoder(output: output)
    }
}

/// The elements of an array being encoded.
struct JSONUnkeyedContainer: UnkeyedEncodingContainer {
    let output: JSONOutput
    let depth: Int
    let codingPath: [any CodingKey] = []
    private(set) var count = 0

    init(output: JSONOutput, depth: Int) {
        self.output = output
        self.depth = depth
    }

    mutating func encodeNil() {
        next()
        output.writer.null()
    }

    mutating func encode(_ value: some Encodable) throws {
        next()
        try output.encode(value)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        next()
        return KeyedEncodingContainer(JSONKeyedContainer<Nested>(output: output, depth: output.begin(object: true)))
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        next()
        return JSONUnkeyedContainer(output: output, depth: output.begin(object: false))
    }

    mutating func superEncoder() -> any Encoder {
        next()
        return JSONValueEncoder(output: output)
    }

    private mutating func next() {
        output.close(to: depth)
        count += 1
    }
}

/// A value that is one JSON value: what every leaf ends in.
struct JSONSingleContainer: SingleValueEncodingContainer {
    let output: JSONOutput
    let codingPath: [any CodingKey] = []

    func encodeNil() { output.writer.null() }
    func encode(_ value: some Encodable) throws { try output.encode(value) }
    func encode(_ value: Bool) { output.writer.value(value) }
    func encode(_ value: String) { output.writer.value(value) }
    func encode(_ value: Double) { output.writer.value(value) }
    func encode(_ value: Int) { output.writer.value(value) }
    func encode(_ value: Int8) { output.writer.value(value) }
    func encode(_ value: Int16) { output.writer.value(value) }
    func encode(_ value: Int32) { output.writer.value(value) }
    func encode(_ value: Int64) { output.writer.value(value) }
    func encode(_ value: UInt) { output.writer.value(value) }
    func encode(_ value: UInt8) { output.writer.value(value) }
    func encode(_ value: UInt16) { output.writer.value(value) }
    func encode(_ value: UInt32) { output.writer.value(value) }
    func encode(_ value: UInt64) { output.writer.value(value) }
    func encode(_ value: Float) { output.writer.value(Double(value.description) ?? Double(value)) }
}
