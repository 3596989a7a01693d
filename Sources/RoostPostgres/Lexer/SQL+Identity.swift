extension SQL {
    /// A 64-bit hash of the statement's text, quick enough to be taken for every statement that runs.
    ///
    /// Two statements with one hash are taken for the same text; over ten thousand texts the chance of a mistake is
    /// below one in 10¹¹.
    public var textHash: UInt64 { TextHash.of(text) }

    /// A 64-bit hash of the bound values in their order: two runs with one hash asked the same question.
    ///
    /// Differs between processes, so that it says nothing about the values to whoever sees it.
    public var valuesHash: Int {
        var hasher = Hasher()
        for binding in bindings { hasher.combine(binding.value) }
        return hasher.finalize()
    }

    /// A value is bound whose text no log may show.
    public var hasSecrets: Bool { bindings.contains(where: \.isSecret) }

    /// The bound values for a log: `shown` as text, or else only how large they are. Secrets are neither.
    ///
    /// - Parameters:
    ///   - limit: the most values; one more text says how many were left out.
    ///   - size: the most bytes of a value.
    public func logValues(shown: Bool, limit: Int, size: Int) -> [String] {
        var texts = bindings.prefix(limit).map { binding in
            if binding.isSecret { return "<secret>" }
            return shown ? binding.value.shortened(to: size) : binding.value.redacted
        }
        if bindings.count > limit { texts.append("… \(bindings.count - limit) more") }
        return texts
    }
}

extension SQLValue {
    /// Tells that there was a value and how large it was, and nothing else about it.
    fileprivate var redacted: String {
        switch self {
        case .null: "<null>"
        case .text(let text): "<\(text.utf8.count) bytes>"
        case .bytes(let bytes): "<\(bytes.count) bytes>"
        case .array(let values): "<\(values.count) values>"
        default: "<\(description.utf8.count) bytes>"
        }
    }

    fileprivate func shortened(to size: Int) -> String {
        switch self {
        case .bytes(let bytes) where bytes.count > size: SQLValue.bytes(Array(bytes.prefix(size / 2))).description + "…"
        case .array(let values) where values.count > size:
            SQLValue.array(Array(values.prefix(size))).shortened(to: size)
        default: Self.cut(description, to: size)
        }
    }

    private static func cut(_ text: String, to size: Int) -> String {
        text.utf8.count <= size ? text : String(decoding: text.utf8.prefix(size), as: UTF8.self) + "…"
    }
}

/// A hash of text for tables in memory: quick, and not for anything that leaves the process.
enum TextHash {
    /// Eight bytes at a time through a multiplication whose halves are folded together.
    static func of(_ text: String) -> UInt64 {
        var text = text
        return text.withUTF8 { bytes in
            guard let base = bytes.baseAddress else { return 0 }
            let raw = UnsafeRawPointer(base)
            var state = UInt64(truncatingIfNeeded: bytes.count) ^ 0x9E37_79B9_7F4A_7C15
            var index = 0
            while index + 8 <= bytes.count {
                state = mixed(state ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                index += 8
            }
            var rest: UInt64 = 0
            while index < bytes.count {
                rest = rest << 8 | UInt64(bytes[index])
                index += 1
            }
            return mixed(state ^ rest)
        }
    }

    @inline(__always)
    static func mixed(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }
}
