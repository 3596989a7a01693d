internal import Glibc
internal import RoostCompression

/// Reads a log line by line: a file, a file that gzip packed, or standard input. Its memory does not grow with the log.
struct LogLines {
    /// Longer lines are no records; they are reported without their text.
    static let lineLimit = 1 << 20

    /// Why a log could not be read.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Hands over each line without its line feed; an empty slice stands for a line beyond the limit.
    /// - Parameter path: `-` means standard input.
    /// - Throws: `Failure` with the path and the reason.
    static func read(_ path: String, _ take: (ArraySlice<UInt8>) -> Void) throws(Failure) {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(description: "cannot read \(path): \(reason())") }
        defer { if path != "-" { close(descriptor) } }
        var splitter = LineSplitter()
        var unpacker: InflateStream?
        var isFirst = true
        while true {
            let piece = try next(descriptor, path)
            if piece.isEmpty { break }
            if isFirst, piece.starts(with: [0x1F, 0x8B]) { unpacker = InflateStream(format: .gzip) }
            isFirst = false
            guard let unpacker else {
                splitter.add(piece, take)
                continue
            }
            do {
                try unpacker.inflate(piece) { splitter.add($0, take) }
            } catch {
                throw Failure(description: "\(path): the gzip data is damaged")
            }
        }
        splitter.finish(take)
        guard let unpacker else { return }
        do {
            try unpacker.finish()
        } catch {
            throw Failure(description: "\(path): the gzip data breaks off")
        }
    }

    /// The next bytes, none at the end.
    private static func next(_ descriptor: Int32, _ path: String) throws(Failure) -> [UInt8] {
        while true {
            var code: Int32 = 0
            let piece = [UInt8](unsafeUninitializedCapacity: 262_144) { buffer, count in
                let got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                code = got < 0 ? errno : 0
                count = max(0, got)
            }
            if code == EINTR { continue }
            guard code == 0 else {
                throw Failure(description: "cannot read \(path): \(String(cString: strerror(code)))")
            }
            return piece
        }
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}

/// Cuts pieces of any size into lines.
struct LineSplitter {
    private var rest: [UInt8] = []
    private var isTooLong = false

    mutating func add(_ piece: some Collection<UInt8>, _ take: (ArraySlice<UInt8>) -> Void) {
        var bytes = rest
        rest = []
        bytes.append(contentsOf: piece)
        var start = 0
        while let end = Self.lineFeed(in: bytes, from: start) {
            emit(bytes[start..<end], take)
            start = end + 1
        }
        // What a too long line has left behind is not kept either.
        if bytes.count - start > LogLines.lineLimit { (isTooLong, start) = (true, bytes.count) }
        rest = Array(bytes[start...])
    }

    private static func lineFeed(in bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBufferPointer { buffer in
            guard start < buffer.count, let base = buffer.baseAddress else { return nil }
            return memchr(base + start, 10, buffer.count - start).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
        }
    }

    /// A last line without a line feed is a line too: a process may have been killed while it wrote.
    mutating func finish(_ take: (ArraySlice<UInt8>) -> Void) {
        if !rest.isEmpty || isTooLong { emit(rest[...], take) }
        rest.removeAll()
    }

    private mutating func emit(_ line: ArraySlice<UInt8>, _ take: (ArraySlice<UInt8>) -> Void) {
        take(isTooLong || line.count > LogLines.lineLimit ? [] : line)
        isTooLong = false
    }
}
