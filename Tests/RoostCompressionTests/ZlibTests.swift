import RoostCompression
import Testing

@Suite struct ZlibTests {
    let text = [UInt8](String(repeating: "the same words again; ", count: 500).utf8)

    @Test("what is packed comes out again, in both containers and at every level", arguments: [0, 1, 6, 9] as [Int32])
    func roundTrip(level: Int32) throws {
        for format in [Zlib.Format.zlib, .gzip] {
            let packed = Zlib.deflate(text, level: level, format: format)
            #expect(try Zlib.inflate(packed, limit: text.count, format: format) == text)
            #expect(try Zlib.inflate(Zlib.deflate([], level: level, format: format), limit: 0, format: format) == [])
        }
    }

    @Test("a stream that holds more than the limit is refused before it is unpacked whole")
    func bomb() {
        let packed = Zlib.deflate([UInt8](repeating: 0, count: 50_000_000))
        #expect(throws: CompressionError.tooLarge(limit: 65_536)) { try Zlib.inflate(packed, limit: 65_536) }
    }

    @Test("a truncated stream, raw deflate and foreign bytes are malformed")
    func malformed() {
        let packed = Zlib.deflate(text)
        for bytes in [Array(packed.dropLast(5)), Array(packed.dropFirst(2)), [1, 2, 3], []] {
            #expect(throws: CompressionError.malformed) { try Zlib.inflate(bytes, limit: 1_000_000) }
        }
    }

    @Test("bytes behind a zlib stream are ignored; gzip members that follow each other are all read")
    func trailing() throws {
        #expect(try Zlib.inflate(Zlib.deflate([1, 2]) + [9, 9], limit: 10) == [1, 2])
        let members = Zlib.deflate([1, 2], format: .gzip) + Zlib.deflate([3], format: .gzip)
        #expect(try Zlib.inflate(members, limit: 10, format: .gzip) == [1, 2, 3])
    }
}
