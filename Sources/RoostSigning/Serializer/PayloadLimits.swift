/// How much a signed payload may unfold to. Python has no such limits; a signed bomb would fill its memory.
public struct PayloadLimits: Sendable {
    /// Bytes after decompression.
    public var bytes: Int
    /// Arrays and objects within each other.
    public var depth: Int

    public init(bytes: Int = 65_536, depth: Int = 64) {
        self.bytes = bytes
        self.depth = depth
    }

    /// 64 KiB and 64 levels: far more than a cookie can carry honestly.
    public static let standard = PayloadLimits()
}
