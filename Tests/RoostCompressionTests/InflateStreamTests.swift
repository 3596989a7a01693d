import RoostCompression
import Testing

@Suite struct InflateStreamTests {
    private func unpack(_ bytes: [UInt8], pieces size: Int, _ format: Zlib.Format = .gzip) throws -> [UInt8] {
        let stream = InflateStream(format: format)
        var out: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            try stream.inflate(bytes[start..<min(start + size, bytes.count)]) { out += $0 }
        }
        try stream.finish()
        return out
    }

    private let text = Array((0..<20_000).flatMap { "line \($0)\n".utf8 })

    @Test("what is packed comes out again, whatever the pieces", arguments: [1, 7, 4096, 1 << 20])
    func pieces(size: Int) throws {
        #expect(try unpack(Zlib.deflate(text, format: .gzip), pieces: size) == text)
        #expect(try unpack(Zlib.deflate(text), pieces: size, .zlib) == text)
    }

    @Test("members that follow each other are all read, zeros behind them are skipped")
    func members() throws {
        let packed = Zlib.deflate(text, format: .gzip) + Zlib.deflate([], format: .gzip) + Zlib.deflate([65], format: .gzip)
        #expect(try unpack(packed + [UInt8](repeating: 0, count: 512), pieces: 100) == text + [65])
    }

    @Test("a stream that breaks off, and bytes that are none, are malformed")
    func malformed() {
        let packed = Zlib.deflate(text, format: .gzip)
        for bytes in [Array(packed.dropLast(9)), Array(packed.dropFirst(3)), Array("no gzip".utf8), []] {
            #expect(throws: CompressionError.malformed) { try unpack(bytes, pieces: 64) }
        }
    }
}
