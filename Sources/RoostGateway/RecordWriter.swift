internal import Glibc

/// Writes FastCGI standard-output records of full size straight to the connection.
///
/// libfcgi cuts everything into records of 8 KB, one system call each; a large body goes eight times farther with one.
/// Format: FastCGI specification 1.0, section 3.3 (records) and 5.3 (byte streams).
struct RecordWriter {
    /// Bodies above this many bytes are worth leaving libfcgi's buffer for.
    static let worthwhile = 16_384
    /// Largest content that is a multiple of 8, so that no record needs padding but the last.
    private static let largest = 65_528

    let descriptor: Int32
    let requestID: Int32
    /// Called before each record: the peer took the one before.
    let willWait: (GatewayStep) -> Void

    /// - Returns: whether everything was written.
    func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let content = UnsafeRawBufferPointer(rebasing: rest.prefix(Self.largest))
            willWait(.answer)
            guard record(content) else { return false }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(content.count))
        }
        return true
    }

    private func record(_ content: UnsafeRawBufferPointer) -> Bool {
        let padding = (8 - content.count % 8) % 8
        var header: (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8) = (
            1, 6, UInt8(truncatingIfNeeded: requestID >> 8), UInt8(truncatingIfNeeded: requestID),
            UInt8(truncatingIfNeeded: content.count >> 8), UInt8(truncatingIfNeeded: content.count), UInt8(padding), 0
        )
        var zeros: UInt64 = 0
        return withUnsafeMutableBytes(of: &header) { header in
            withUnsafeMutableBytes(of: &zeros) { zeros in
                let parts = [
                    iovec(iov_base: header.baseAddress, iov_len: 8),
                    iovec(iov_base: UnsafeMutableRawPointer(mutating: content.baseAddress), iov_len: content.count),
                    iovec(iov_base: zeros.baseAddress, iov_len: padding),
                ]
                return writeAll(parts)
            }
        }
    }

    private func writeAll(_ parts: [iovec]) -> Bool {
        var parts = parts
        while true {
            while let first = parts.first, first.iov_len == 0 { parts.removeFirst() }
            if parts.isEmpty { return true }
            var count = writev(descriptor, parts, Int32(parts.count))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            for index in parts.indices where count > 0 {
                let taken = min(count, parts[index].iov_len)
                parts[index].iov_base += taken
                parts[index].iov_len -= taken
                count -= taken
            }
        }
    }
}
