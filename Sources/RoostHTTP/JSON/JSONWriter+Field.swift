// A key and its value in one call, for records of many fields.
extension JSONWriter {
    @inline(__always)
    public mutating func field(_ name: StaticString, _ text: String) {
        key(name)
        value(text)
    }

    /// A text that may be missing: `null` then.
    public mutating func field(_ name: StaticString, _ text: String?) {
        key(name)
        value(text)
    }

    @inline(__always)
    public mutating func field(_ name: StaticString, _ number: some FixedWidthInteger) {
        key(name)
        value(number)
    }

    public mutating func field(_ name: StaticString, _ number: Double) {
        key(name)
        value(number)
    }

    public mutating func field(_ name: StaticString, _ flag: Bool) {
        key(name)
        value(flag)
    }
}
