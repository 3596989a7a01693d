/// The ETags of an `If-Match` or `If-None-Match` header.
public struct ETags {
    /// A star: any ETag there is.
    public let isAny: Bool
    public private(set) var strong: [String] = []
    public private(set) var weak: [String] = []

    /// Reads a header: `"a", W/"b", c` or `*`. Nil when there is none.
    public init?(_ header: String?) {
        guard let header else { return nil }
        isAny = header.utf8.trimmed().elementsEqual("*".utf8)
        if isAny { return }
        var rest = Array(header.utf8)[...]
        while !rest.isEmpty {
            guard let (tag, isWeak) = Self.next(&rest) else {
                // What is malformed goes up to the next comma.
                rest = rest.drop { $0 != ASCII.comma }.dropFirst()
                continue
            }
            if isWeak { weak.append(tag) } else { strong.append(tag) }
        }
    }

    /// Strong comparison, for `If-Match`: both are strong and equal. `etag` is as it is sent, quotes included.
    public func containsStrongly(_ etag: String) -> Bool {
        isAny || !etag.hasPrefix("W/") && strong.contains(Self.opaque(etag))
    }

    /// Weak comparison, for `If-None-Match`: equal but for the weakness.
    public func containsWeakly(_ etag: String) -> Bool {
        isAny || strong.contains(Self.opaque(etag)) || weak.contains(Self.opaque(etag))
    }

    private static func opaque(_ etag: String) -> String {
        var bytes = (etag.hasPrefix("W/") ? etag.dropFirst(2) : etag[...]).utf8
        if bytes.count >= 2, bytes.first == ASCII.quote, bytes.last == ASCII.quote {
            bytes = bytes.dropFirst().dropLast()
        }
        return String(Substring(bytes))
    }

    /// Takes the next tag and the comma behind it off a list; nil, with nothing taken, when there is no proper one.
    private static func next(_ list: inout ArraySlice<UInt8>) -> (tag: String, isWeak: Bool)? {
        var rest = list.drop(while: isBlank)
        let isWeak = rest.starts(with: "W/".utf8) || rest.starts(with: "w/".utf8)
        if isWeak { rest = rest.dropFirst(2) }
        let tag: ArraySlice<UInt8>
        if rest.first == ASCII.quote {
            tag = rest.dropFirst().prefix { $0 != ASCII.quote }
            guard tag.endIndex < rest.endIndex else { return nil }
            rest = rest[(tag.endIndex + 1)...]
        } else {
            tag = rest.prefix { !isBlank($0) && $0 != ASCII.quote && $0 != ASCII.comma }
            rest = rest[tag.endIndex...]
            if tag.isEmpty { return nil }
        }
        rest = rest.drop(while: isBlank)
        guard rest.isEmpty || rest.first == ASCII.comma else { return nil }
        list = rest.dropFirst()
        return (String(decoding: tag, as: UTF8.self), isWeak)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == ASCII.space || byte == ASCII.tab }
}
