/// A key that signs. It never prints itself: descriptions, dumps and mirrors show `(hidden)`.
public struct SecretKey: Sendable, Equatable, ExpressibleByStringLiteral {
    /// What signing uses: the UTF-8 bytes of a text.
    let bytes: [UInt8]
    /// The bytes in Latin-1, which the remember cookie uses; nil for a text with a character above U+00FF.
    let latin1: [UInt8]?

    /// A key given as text.
    public init(_ text: String) {
        bytes = Array(text.utf8)
        let scalars = text.unicodeScalars
        latin1 = scalars.allSatisfy { $0.value < 256 } ? scalars.map { UInt8($0.value) } : nil
    }

    /// A key given as bytes; it is the same in both forms.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
        latin1 = bytes
    }

    public init(stringLiteral value: String) { self.init(value) }

    public static func == (one: SecretKey, other: SecretKey) -> Bool {
        ConstantTime.equal(one.bytes, other.bytes) && one.latin1 == other.latin1
    }
}

extension SecretKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "(hidden)" }
    public var debugDescription: String { "(hidden)" }
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
