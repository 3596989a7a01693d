/// A value that writes its own JSON, for responses where speed matters.
///
/// ```swift
/// extension Post: JSONWritable {
///     func write(to json: inout JSONWriter) {
///         json.beginObject()
///         json.key("id"); json.value(id)
///         json.key("body"); json.value(body)
///         json.endObject()
///     }
/// }
/// ```
public protocol JSONWritable {
    func write(to json: inout JSONWriter)
}

/// Appends JSON to one buffer of bytes. It puts the commas; the caller keeps begin and end in balance.
public struct JSONWriter {
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    public init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

    public mutating func beginObject() { open(UInt8(ascii: "{")) }
    public mutating func endObject() { shut(UInt8(ascii: "}")) }
    public mutating func beginArray() { open(UInt8(ascii: "[")) }
    public mutating func endArray() { shut(UInt8(ascii: "]")) }

    /// A key known when the program is written: it must need no escaping.
    @inline(__always)
    public mutating func key(_ name: StaticString) {
        separate()
        bytes.append(ASCII.quote)
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(ASCII.quote)
        bytes.append(ASCII.colon)
        needsComma = false
    }

    /// A key made when the program runs.
    public mutating func key(dynamic name: String) {
        separate()
        JSONText.append(name, to: &bytes)
        bytes.append(ASCII.colon)
        needsComma = false
    }

    @inline(__always)
    public mutating func value(_ text: String) {
        separate()
        JSONText.append(text, to: &bytes)
        needsComma = true
    }

    public mutating func value(_ number: some FixedWidthInteger) {
        separate()
        JSONText.append(integer: number, to: &bytes)
        needsComma = true
    }

    public mutating func value(_ flag: Bool) { raw(flag ? "true" : "false") }

    /// A number. JSON has no infinity and no NaN: they become `null`, as browsers write them.
    public mutating func value(_ number: Double) {
        guard number.isFinite else { return null() }
        raw(number.description)
    }

    public mutating func null() { raw("null") }

    public mutating func value(_ writable: some JSONWritable) { writable.write(to: &self) }

    public mutating func value(_ text: String?) {
        if let text { value(text) } else { null() }
    }

    /// A value that is JSON already.
    public mutating func value(json: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
        needsComma = true
    }

    /// The line feed Flask ends its JSON bodies with.
    public mutating func endLine() { bytes.append(ASCII.lineFeed) }

    private mutating func raw(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    @inline(__always)
    private mutating func separate() {
        if needsComma { bytes.append(ASCII.comma) }
    }

    private mutating func open(_ byte: UInt8) {
        separate()
        bytes.append(byte)
        needsComma = false
    }

    private mutating func shut(_ byte: UInt8) {
        bytes.append(byte)
        needsComma = true
    }
}

extension Array: JSONWritable where Element: JSONWritable {
    public func write(to json: inout JSONWriter) {
        json.beginArray()
        for element in self { element.write(to: &json) }
        json.endArray()
    }
}
