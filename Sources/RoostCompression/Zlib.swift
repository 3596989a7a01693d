internal import CZLib

/// Why compressed bytes could not be read.
public enum CompressionError: Error, Equatable {
    /// The bytes are not a stream of the expected format, or they end too early.
    case malformed
    /// The stream holds more bytes than the caller allows.
    case tooLarge(limit: Int)
}

/// zlib streams (RFC 1950) and gzip files (RFC 1952), through the zlib library.
public enum Zlib {
    /// The container round the compressed bytes.
    public enum Format {
        case zlib
        case gzip

        /// zlib's code for it: 15 is the largest window, 16 more means gzip.
        var windowBits: Int32 { self == .gzip ? 31 : 15 }
    }

    /// Packs bytes.
    /// - Parameters:
    ///   - bytes: what to pack
    ///   - level: 0 (stored) to 9 (smallest); 6 is zlib's own default
    public static func deflate(_ bytes: [UInt8], level: Int32 = 6, format: Format = .zlib) -> [UInt8] {
        var stream = z_stream()
        let status = deflateInit2_(
            &stream, level, Z_DEFLATED, format.windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib could not begin (status \(status))")
        defer { deflateEnd(&stream) }
        // The bound is for the zlib container; a gzip header is 12 bytes longer.
        let bound = Int(deflateBound(&stream, UInt(bytes.count))) + 32
        return [UInt8](unsafeUninitializedCapacity: bound) { output, count in
            bytes.withUnsafeBufferPointer { input in
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(bound)
                let end = CZLib.deflate(&stream, Z_FINISH)
                precondition(end == Z_STREAM_END, "zlib stopped early (status \(end))")
                count = bound - Int(stream.avail_out)
            }
        }
    }

    /// Unpacks one stream; bytes behind it are ignored, gzip members that follow each other are all read.
    /// - Parameters:
    ///   - bytes: the stream
    ///   - limit: the most bytes that may come out
    /// - Throws: `CompressionError`
    public static func inflate(
        _ bytes: [UInt8], limit: Int, format: Format = .zlib
    ) throws(CompressionError) -> [UInt8] {
        var output: [UInt8] = []
        var offset = 0
        repeat {
            let used = try inflateMember(bytes, from: offset, into: &output, limit: limit, format: format)
            offset += used
        } while format == .gzip && offset + 2 < bytes.count && bytes[offset] == 0x1F && bytes[offset + 1] == 0x8B
        return output
    }

    /// Appends what one stream holds and returns how many bytes it took.
    private static func inflateMember(
        _ bytes: [UInt8], from offset: Int, into output: inout [UInt8], limit: Int, format: Format
    ) throws(CompressionError) -> Int {
        var stream = z_stream()
        guard
            inflateInit2_(&stream, format.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { throw .malformed }
        defer { inflateEnd(&stream) }
        var chunk = [UInt8](repeating: 0, count: 16_384)
        var status = Z_OK
        while status != Z_STREAM_END {
            let taken = Int(stream.total_in)
            let filled = bytes.withUnsafeBufferPointer { input in
                chunk.withUnsafeMutableBufferPointer { room in
                    stream.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + offset + taken) }
                    stream.avail_in = UInt32(input.count - offset - taken)
                    stream.next_out = room.baseAddress
                    stream.avail_out = UInt32(room.count)
                    status = CZLib.inflate(&stream, Z_NO_FLUSH)
                    return room.count - Int(stream.avail_out)
                }
            }
            guard status == Z_OK || status == Z_STREAM_END else { throw .malformed }
            guard output.count + filled <= limit else { throw .tooLarge(limit: limit) }
            output += chunk[..<filled]
        }
        return Int(stream.total_in)
    }
}
