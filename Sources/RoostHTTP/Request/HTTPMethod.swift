/// A request method. The usual ones have a bit, so that a route's methods are one machine word.
public struct HTTPMethod: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let rawValue: String
    let bit: UInt16

    public init(_ name: String) {
        rawValue = name
        bit = Self.bit(of: name)
    }

    public init(stringLiteral name: String) { self.init(name) }

    private init(known name: String, bit: UInt16) {
        rawValue = name
        self.bit = bit
    }

    public static let get = HTTPMethod(known: "GET", bit: 1)
    public static let head = HTTPMethod(known: "HEAD", bit: 2)
    public static let post = HTTPMethod(known: "POST", bit: 4)
    public static let put = HTTPMethod(known: "PUT", bit: 8)
    public static let delete = HTTPMethod(known: "DELETE", bit: 16)
    public static let patch = HTTPMethod(known: "PATCH", bit: 32)
    public static let options = HTTPMethod(known: "OPTIONS", bit: 64)

    public var description: String { rawValue }

    /// Whether the method only reads, as RFC 9110 defines it.
    public var isSafe: Bool { bit & (Self.get.bit | Self.head.bit | Self.options.bit) != 0 }

    static let known: [HTTPMethod] = [get, head, post, put, delete, patch, options]

    init(bytes: UnsafeBufferPointer<UInt8>) {
        // GET and POST are nearly everything: two compares instead of a table.
        if bytes.elementsEqual("GET".utf8) {
            self = .get
        } else if bytes.elementsEqual("POST".utf8) {
            self = .post
        } else {
            self.init(String(decoding: bytes, as: UTF8.self))
        }
    }

    private static func bit(of name: String) -> UInt16 {
        switch name {
        case "GET": 1
        case "HEAD": 2
        case "POST": 4
        case "PUT": 8
        case "DELETE": 16
        case "PATCH": 32
        case "OPTIONS": 64
        default: 0
        }
    }
}

/// The methods a route answers.
public struct HTTPMethodSet: Hashable, Sendable, ExpressibleByArrayLiteral {
    private(set) var bits: UInt16
    private(set) var others: Set<String> = []

    /// No method.
    public init() { bits = 0 }

    public init(_ methods: some Sequence<HTTPMethod>) {
        bits = 0
        for method in methods { insert(method) }
    }

    public init(arrayLiteral methods: HTTPMethod...) { self.init(methods) }

    @inline(__always)
    public func contains(_ method: HTTPMethod) -> Bool {
        method.bit != 0 ? bits & method.bit != 0 : others.contains(method.rawValue)
    }

    public mutating func insert(_ method: HTTPMethod) {
        if method.bit != 0 { bits |= method.bit } else { others.insert(method.rawValue) }
    }

    public mutating func formUnion(_ other: HTTPMethodSet) {
        bits |= other.bits
        others.formUnion(other.others)
    }

    public func isDisjoint(with other: HTTPMethodSet) -> Bool {
        bits & other.bits == 0 && others.isDisjoint(with: other.others)
    }

    public var isEmpty: Bool { bits == 0 && others.isEmpty }

    /// The names as `Allow` lists them, sorted.
    public var names: [String] {
        (HTTPMethod.known.filter { bits & $0.bit != 0 }.map(\.rawValue) + others).sorted()
    }
}
