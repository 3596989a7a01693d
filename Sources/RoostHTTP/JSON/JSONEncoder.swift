extension JSONWriter {
    /// Writes any `Encodable`, keys in the order it encodes them. Throws what the value's own `encode(to:)` throws.
    public mutating func encode(_ value: some Encodable) throws {
        let output = JSONOutput(self)
        self = JSONWriter(capacity: 0)  // so that the bytes have one owner and are not copied
        try output.encode(value)
        self = output.writer
    }
}

/// The writer shared by the containers of one encoding, and how many of them are open.
///
/// JSON is written as it comes. A nested container ends when its parent writes again, or when its value is done.
final class JSONOutput {
    var writer: JSONWriter
    private var open: [Bool] = []

    init(_ writer: JSONWriter) { self.writer = writer }

    var depth: Int { open.count }

    func begin(object: Bool) -> Int {
        if object { writer.beginObject() } else { writer.beginArray() }
        open.append(object)
        return depth
    }

    /// Ends every container deeper than `depth`.
    func close(to depth: Int) {
        while open.count > depth {
            if open.removeLast() { writer.endObject() } else { writer.endArray() }
        }
    }

    func encode(_ value: some Encodable) throws {
        switch value {
        case let writable as any JSONWritable: writable.write(to: &writer)
        case let text as String: writer.value(text)
        case let number as Int: writer.value(number)
        default:
            let before = depth
            let encoder = JSONValueEncoder(output: self)
            try value.encode(to: encoder)
            if !encoder.wrote { writer.null() }
            close(to: before)
        }
    }
}

/// Hands out the containers for one value.
final class JSONValueEncoder: Encoder {
    let output: JSONOutput
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]
    private(set) var wrote = false
    private var container: Int?

    init(output: JSONOutput) { self.output = output }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(JSONKeyedContainer<Key>(output: output, depth: begin(object: true)))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONUnkeyedContainer(output: output, depth: begin(object: false))
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        wrote = true
        return JSONSingleContainer(output: output)
    }

    /// A value may ask for its container again, as subclasses do: it gets the same one.
    private func begin(object: Bool) -> Int {
        if let container { return container }
        wrote = true
        let depth = output.begin(object: object)
        container = depth
        return depth
    }
}
