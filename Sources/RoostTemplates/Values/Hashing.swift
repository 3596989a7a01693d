internal import RoostMarkup

/// Chosen at start, so that crafted keys cannot be prepared to collide.
private let hashSeed = UInt64.random(in: .min ... .max)

extension String {
    /// The UTF-8 bytes in place; Swift's native strings always have them contiguous.
    @inline(__always)
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        if let result = try utf8.withContiguousStorageIfAvailable(body) { return result }
        var copy = self
        return try copy.withUTF8(body)
    }

    /// Equality of code units: Swift's `==` also equates different spellings of the same character.
    @inline(__always)
    func isSameText(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return withBytes { left in other.withBytes { right in left.elementsEqual(right) } }
    }
}

func hashBytes(of text: String) -> UInt64 {
    text.withBytes { bytes in
        var hash = hashSeed ^ UInt64(truncatingIfNeeded: bytes.count)
        var position = 0
        if let base = UnsafeRawPointer(bytes.baseAddress) {
            while position + 8 <= bytes.count {
                hash = mixed(hash ^ base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
                position += 8
            }
        }
        var tail: UInt64 = 0
        while position < bytes.count {
            tail = tail << 8 | UInt64(bytes[position])
            position += 1
        }
        return mixed(hash ^ tail)
    }
}

@inline(__always)
private func mixed(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
}

extension TemplateValue {
    /// The hash of a dictionary key; equal values hash alike, whatever their types (`1`, `1.0`, `true`).
    ///
    /// - Throws: `TemplateError` for values that can change.
    func hashValue64() throws -> UInt64 {
        if case .tuple(let list) = self {
            var walk = ValueWalk()
            return try hash(list, &walk)
        }
        return try hashOfOther()
    }

    private func hash(_ list: TemplateList, _ walk: inout ValueWalk) throws -> UInt64 {
        try walk.enter(list.items.count)
        defer { walk.leave() }
        var hash = hashSeed
        for item in list.items {
            if case .tuple(let inner) = item {
                hash = mixed(hash ^ (try self.hash(inner, &walk)))
            } else {
                hash = mixed(hash ^ (try item.hashOfOther()))
            }
        }
        return hash
    }

    private func hashOfOther() throws -> UInt64 {
        switch self {
        case .string(let text): return hashBytes(of: text)
        case .safe(let html): return hashBytes(of: html.text)
        case .int(let number): return mixed(UInt64(bitPattern: Int64(number)) ^ hashSeed)
        case .bool(let flag): return TemplateValue.int(flag ? 1 : 0).hashUnchecked()
        case .float(let number):
            if let whole = Int(exactly: number) { return TemplateValue.int(whole).hashUnchecked() }
            return number.isFinite && number == number.rounded()
                ? BigInteger(number).hashed(hashSeed) : mixed(number.bitPattern ^ hashSeed)
        case .big(let number): return number.hashed(hashSeed)
        case .none: return mixed(hashSeed ^ 0x6E6F)
        case .tuple: return try hashValue64()
        case .list, .dict: throw TemplateError("unhashable type: '\(typeName)'")
        case .function(let function): return address(function)
        case .native(let native): return address(native)
        case .undefined(let undefined):
            if undefined.isStrict { throw undefined.error }
            return mixed(hashSeed ^ 0x756E)
        case .object(let object): return hashBytes(of: object.templateText)
        }
    }

    fileprivate func hashUnchecked() -> UInt64 {
        guard case .int(let number) = self else { return 0 }
        return mixed(UInt64(bitPattern: Int64(number)) ^ hashSeed)
    }

    private func address(_ object: AnyObject) -> UInt64 {
        UInt64(UInt(bitPattern: ObjectIdentifier(object).hashValue))
    }

    @inline(__always)
    func isText(_ text: String) -> Bool {
        switch self {
        case .string(let own): own == text || own.isSameText(as: text)
        case .safe(let own): own.text.isSameText(as: text)
        default: false
        }
    }
}

extension BigInteger {
    /// Equal floats hash alike.
    fileprivate func hashed(_ seed: UInt64) -> UInt64 { words.reduce(seed) { mixed($0 ^ UInt64($1)) } }
}
