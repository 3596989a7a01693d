internal import Glibc

/// Writes an answer as FastCGI records straight to the connection: one system call for all of most answers.
///
/// libfcgi cuts everything into records of 8 KB with a system call each, and has another for the end; each of them may
/// wake the web server for a part of an answer.
/// Format: FastCGI specification 1.0, section 3.3 (records), 5.3 (byte streams) and 5.5 (end of request).
struct RecordWriter {
    /// Largest content that is a multiple of 8, so that no record needs padding but the last.
    static let largest = 65_528

    private let descriptor: Int32
    private let id: (UInt8, UInt8)
    /// Called before each record: the peer took the one before.
    private let willWait: (GatewayStep) -> Void

    init(descriptor: Int32, requestID: Int32, willWait: @escaping (GatewayStep) -> Void) {
        self.descriptor = descriptor
        id = (UInt8(truncatingIfNeeded: requestID >> 8), UInt8(truncatingIfNeeded: requestID))
        self.willWait = willWait
    }

    /// - Parameters:
    ///   - head: what stands before the content, in the same record if there is room.
    ///   - ends: whether the answer is complete with this.
    /// - Returns: whether everything was written.
    func write(head: UnsafeRawBufferPointer, _ content: UnsafeRawBufferPointer, ends: Bool) -> Bool {
        guard head.count < Self.largest else {
            return write(head: UnsafeRawBufferPointer(rebasing: head.prefix(0)), head, ends: false)
                && write(head: UnsafeRawBufferPointer(rebasing: head.prefix(0)), content, ends: ends)
        }
        var head = head
        var rest = content
        repeat {
            let part = UnsafeRawBufferPointer(rebasing: rest.prefix(Self.largest - head.count))
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(part.count))
            willWait(.answer)
            guard record(head, part, ends: ends && rest.isEmpty) else { return false }
            head = UnsafeRawBufferPointer(rebasing: head.prefix(0))
        } while !rest.isEmpty
        return true
    }

    private func record(_ head: UnsafeRawBufferPointer, _ content: UnsafeRawBufferPointer, ends: Bool) -> Bool {
        let length = head.count + content.count
        // A record without content is the end of the stream, which `tail` has.
        guard length > 0 || ends else { return true }
        return withUnsafeTemporaryAllocation(byteCount: 8 + Self.longestTail, alignment: 8) { frame in
            let front = length == 0 ? 0 : putHeader(length, to: frame)
            let space = UnsafeMutableRawBufferPointer(rebasing: frame[8...])
            let tail = putTail(padding: Self.padding(of: length), ends: ends, to: space)
            return writeAll(UnsafeRawBufferPointer(frame), front: front, head, content, tail: tail)
        }
    }

    private func putHeader(_ length: Int, to bytes: UnsafeMutableRawBufferPointer) -> Int {
        (bytes[0], bytes[1], bytes[2], bytes[3]) = (1, 6, id.0, id.1)
        (bytes[4], bytes[5]) = (UInt8(length >> 8), UInt8(length & 0xFF))
        (bytes[6], bytes[7]) = (UInt8(Self.padding(of: length)), 0)
        return 8
    }

    private static func padding(of length: Int) -> Int { (8 - length % 8) % 8 }

    /// Padding, an empty record of output, and the end of the request with status 0.
    private static let longestTail = 7 + 24

    private func putTail(padding: Int, ends: Bool, to bytes: UnsafeMutableRawBufferPointer) -> Int {
        bytes.initializeMemory(as: UInt8.self, repeating: 0)
        guard ends else { return padding }
        let end = UnsafeMutableRawBufferPointer(rebasing: bytes[padding...])
        (end[0], end[1], end[2], end[3]) = (1, 6, id.0, id.1)
        (end[8], end[9], end[10], end[11], end[13]) = (1, 3, id.0, id.1, 8)
        return padding + 24
    }

    private func writeAll(
        _ frame: UnsafeRawBufferPointer, front: Int, _ head: UnsafeRawBufferPointer,
        _ content: UnsafeRawBufferPointer, tail: Int
    ) -> Bool {
        withUnsafeTemporaryAllocation(of: iovec.self, capacity: 4) { parts in
            parts[0] = Self.part(frame[..<front])
            parts[1] = Self.part(head[...])
            parts[2] = Self.part(content[...])
            parts[3] = Self.part(frame[8..<8 + tail])
            return writeAll(parts)
        }
    }

    private static func part(_ bytes: Slice<UnsafeRawBufferPointer>) -> iovec {
        let bytes = UnsafeRawBufferPointer(rebasing: bytes)
        return iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
    }

    private func writeAll(_ parts: UnsafeMutableBufferPointer<iovec>) -> Bool {
        var first = 0
        while true {
            while first < parts.count, parts[first].iov_len == 0 { first += 1 }
            if first == parts.count { return true }
            var count = writev(descriptor, parts.baseAddress! + first, Int32(parts.count - first))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            // A part without bytes may have no address either.
            for index in first..<parts.count where count > 0 && parts[index].iov_len > 0 {
                let taken = min(count, parts[index].iov_len)
                parts[index].iov_base += taken
                parts[index].iov_len -= taken
                count -= taken
            }
        }
    }
}
