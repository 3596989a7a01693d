internal import CZLib

/// Unpacks a stream piece by piece, in memory that does not grow with it.
///
///     let stream = InflateStream(format: .gzip)
///     while let piece = readMore() { try stream.inflate(piece) { unpacked in … } }
///     try stream.finish()
public final class InflateStream {
    /// In memory of its own, because zlib keeps its address.
    private let stream: UnsafeMutablePointer<z_stream>
    private let format: Zlib.Format
    private var isInsideMember = true
    private var hasInput = false
    private var room = [UInt8](repeating: 0, count: 65_536)

    public init(format: Zlib.Format = .zlib) {
        self.format = format
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let status = inflateInit2_(
            stream, format.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib could not begin (status \(status))")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Unpacks the next bytes and hands over what came out, in pieces that are valid during the call only.
    ///
    /// gzip members that follow each other are all read; zeros behind the last one, which some tools write, are skipped.
    /// - Throws: `CompressionError.malformed`, and what `take` throws.
    public func inflate(_ bytes: some Collection<UInt8>, _ take: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
        let input = ContiguousArray(bytes)
        guard !input.isEmpty else { return }
        hasInput = true
        try input.withUnsafeBufferPointer { buffer in
            stream.pointee.next_in = buffer.baseAddress.map { UnsafeMutablePointer(mutating: $0) }
            stream.pointee.avail_in = UInt32(buffer.count)
            defer { (stream.pointee.next_in, stream.pointee.avail_in) = (nil, 0) }
            // A full room may have left more behind, although all input is taken.
            var isFull = false
            while stream.pointee.avail_in > 0 || isFull { isFull = try step(take) }
        }
    }

    /// Ends the stream.
    /// - Throws: `CompressionError.malformed` when it breaks off.
    public func finish() throws(CompressionError) {
        if isInsideMember || !hasInput { throw .malformed }
    }

    /// Unpacks until the room is full or the input is taken, and tells whether the room was full.
    private func step(_ take: (UnsafeBufferPointer<UInt8>) throws -> Void) throws -> Bool {
        if !isInsideMember, !begins() { return false }
        var filled = 0
        let status = room.withUnsafeMutableBufferPointer { output in
            stream.pointee.next_out = output.baseAddress
            stream.pointee.avail_out = UInt32(output.count)
            let status = CZLib.inflate(stream, Z_NO_FLUSH)
            filled = output.count - Int(stream.pointee.avail_out)
            return status
        }
        guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
            throw CompressionError.malformed
        }
        if filled > 0 { try room.withUnsafeBufferPointer { try take(UnsafeBufferPointer(rebasing: $0[..<filled])) } }
        if status == Z_STREAM_END { isInsideMember = false }
        return filled == room.count && status != Z_STREAM_END
    }

    /// Whether another member begins here; anything else behind the stream is skipped.
    private func begins() -> Bool {
        guard format == .gzip, let next = stream.pointee.next_in, next.pointee == 0x1F else {
            stream.pointee.next_in = stream.pointee.next_in?.advanced(by: 1)
            stream.pointee.avail_in -= 1
            return false
        }
        inflateReset(stream)
        isInsideMember = true
        return true
    }
}
