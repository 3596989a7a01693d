extension HTMLEscape {
    /// How many bytes one byte becomes at most.
    public static let maximumExpansion = 5

    /// Writes `bytes` escaped to `target`, which has room for `maximumExpansion` times as many, and returns how many
    /// were written.
    public static func write(_ bytes: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt8>) -> Int {
        guard let source = bytes.baseAddress else { return 0 }
        var written = 0
        var clean = 0
        var position = nextSpecial(in: bytes, from: 0)
        while position < bytes.count {
            (target + written).update(from: source + clean, count: position - clean)
            written += position - clean
            written += writeEntity(for: source[position], to: target + written)
            clean = position + 1
            position = nextSpecial(in: bytes, from: clean)
        }
        (target + written).update(from: source + clean, count: bytes.count - clean)
        return written + bytes.count - clean
    }

    @inline(__always)
    private static func writeEntity(for byte: UInt8, to target: UnsafeMutablePointer<UInt8>) -> Int {
        let entity: StaticString =
            switch byte {
            case 0x26: "&amp;"
            case 0x3C: "&lt;"
            case 0x3E: "&gt;"
            case 0x22: "&#34;"
            default: "&#39;"
            }
        target.update(from: entity.utf8Start, count: entity.utf8CodeUnitCount)
        return entity.utf8CodeUnitCount
    }
}
