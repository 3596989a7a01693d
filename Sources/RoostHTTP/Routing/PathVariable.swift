/// What a converter of a pattern makes, compared with what a view takes when a route is registered.
public enum PathKind: Hashable, Sendable {
    case text
    case integer
    case decimal
    case custom(ObjectIdentifier)
}

/// A type that a path variable arrives as. Conform to it for a custom converter: it parses and it builds.
///
/// ```swift
/// struct Tags: PathVariable {
///     let names: [String]
///     init?(pathText: String) { names = pathText.split(separator: "+").map(String.init) }
///     var pathText: String { names.joined(separator: "+") }
/// }
/// ```
public protocol PathVariable {
    static var pathKind: PathKind { get }
    /// Nil means that the address does not match: the next route is tried.
    init?(pathText: String)
    var pathText: String { get }
    /// As `init(pathText:)`, from the decoded bytes; the default makes a String of them first.
    init?(pathBytes: UnsafeBufferPointer<UInt8>)
}

extension PathVariable {
    public static var pathKind: PathKind { .custom(ObjectIdentifier(Self.self)) }

    public init?(pathBytes: UnsafeBufferPointer<UInt8>) {
        self.init(pathText: String(decoding: pathBytes, as: UTF8.self))
    }
}

extension String: PathVariable {
    public static var pathKind: PathKind { .text }
    public init?(pathText: String) { self = pathText }
    public init?(pathBytes: UnsafeBufferPointer<UInt8>) { self.init(decoding: pathBytes, as: UTF8.self) }
    public var pathText: String { self }
}

extension Int: PathVariable {
    public static var pathKind: PathKind { .integer }
    public init?(pathText: String) { self.init(pathText) }

    /// Digits with an optional minus; nil beyond the range of `Int`.
    public init?(pathBytes: UnsafeBufferPointer<UInt8>) {
        let negative = pathBytes.first == ASCII.dash
        let digits = negative ? UnsafeBufferPointer(rebasing: pathBytes[1...]) : pathBytes
        guard !digits.isEmpty else { return nil }
        var value = 0
        for byte in digits {
            guard ASCII.isDigit(byte) else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowed) = product.subtractingReportingOverflow(Int(byte - ASCII.zero))
            if overflow || overflowed { return nil }
            value = sum
        }
        // Counted downwards, because the smallest Int has no positive twin.
        if !negative && value == .min { return nil }
        self = negative ? value : -value
    }

    public var pathText: String { description }
}

extension Double: PathVariable {
    public static var pathKind: PathKind { .decimal }
    public init?(pathText: String) { self.init(pathText) }
    public var pathText: String { description }
}
