import Glibc

/// What a multipart body is made into, one part after the other.
protocol MultipartSink {
    mutating func begin(_ headers: Headers) throws(HTTPError)
    mutating func append(_ bytes: UnsafeRawBufferPointer) throws(HTTPError)
    mutating func end() throws(HTTPError)
}

/// Cuts a multipart body (RFC 2046, section 5.1, and RFC 7578) into parts, however it arrives.
///
/// It holds a piece of the body and no more: a part's data goes on as soon as it cannot be the next boundary. Line
/// ends may be CRLF, LF or CR, as some clients send and Werkzeug takes.
struct MultipartDecoder<Sink: MultipartSink> {
    private enum State { case preamble, headers, data, epilogue }

    /// Blanks between a boundary and its line end: nobody sends many, and they must not fill the memory.
    private static var paddingLimit: Int { 1024 }

    var sink: Sink
    private let delimiter: [UInt8]
    private let headerLimit: Int
    private var state = State.preamble
    private var buffer: [UInt8] = []
    /// What has been dealt with, up to here.
    private var start = 0
    /// Where to look for the next boundary: never before `start`.
    private var search = 0
    /// Nothing of the part's data has been passed on: a boundary needs no line end of its own before it.
    private var isPartStart = false

    /// - Parameters:
    ///   - boundary: as the content type names it, without the dashes before it
    ///   - headerLimit: most bytes of one part's headers
    ///   - sink: takes the parts
    init(boundary: [UInt8], headerLimit: Int, sink: Sink) {
        delimiter = [ASCII.dash, ASCII.dash] + boundary
        self.headerLimit = headerLimit
        self.sink = sink
    }

    /// Takes the next piece of the body. Throws what the sink throws, and 400 or 431 for what is not a part.
    mutating func receive(_ piece: UnsafeRawBufferPointer) throws(HTTPError) {
        if state == .epilogue { return }
        buffer.append(contentsOf: piece)
        while try step() {}
        buffer.removeSubrange(..<start)
        search = max(0, search - start)
        start = 0
    }

    /// Ends the body. Throws 400 when its last boundary is missing.
    mutating func finish() throws(HTTPError) {
        guard state != .epilogue else { return }
        let missing = state == .preamble ? "has no boundary line" : "ends before its last boundary"
        throw HTTPError(.badRequest, "The form data \(missing).")
    }

    /// Goes one step on; false when more of the body is needed.
    private mutating func step() throws(HTTPError) -> Bool {
        switch state {
        case .preamble: return findFirstBoundary()
        case .headers: return try readHeaders()
        case .data: return try readData()
        case .epilogue:
            start = buffer.count
            return false
        }
    }

    // MARK: Boundaries

    private enum Ending {
        case part(Int)
        case last(Int)
        case none, incomplete
    }

    /// Whether what follows a delimiter makes it a boundary, and where it ends then.
    private func ending(after index: Int) -> Ending {
        var index = index
        if index + 1 < buffer.count, buffer[index] == ASCII.dash, buffer[index + 1] == ASCII.dash {
            return .last(index + 2)
        }
        if index == buffer.count - 1, buffer[index] == ASCII.dash { return .incomplete }
        let limit = index + Self.paddingLimit
        while index < buffer.count, Self.isPadding(buffer[index]) { index += 1 }
        if index > limit { return .none }
        guard index < buffer.count else { return .incomplete }
        guard let end = lineEnd(at: index) else { return .none }
        return end < 0 ? .incomplete : .part(end)
    }

    /// Behind the line end at `index`; nil when there is none, -1 when the next byte decides.
    private func lineEnd(at index: Int) -> Int? {
        switch buffer[index] {
        case ASCII.lineFeed: return index + 1
        case ASCII.carriageReturn:
            guard index + 1 < buffer.count else { return -1 }
            return buffer[index + 1] == ASCII.lineFeed ? index + 2 : index + 1
        default: return nil
        }
    }

    private static func isPadding(_ byte: UInt8) -> Bool {
        byte == ASCII.space || byte == ASCII.tab || byte == 0x0B || byte == 0x0C
    }

    private func nextDelimiter() -> Int? {
        buffer.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            var index = search
            let last = bytes.count - delimiter.count
            while index <= last, let found = memchr(base + index, Int32(ASCII.dash), last - index + 1) {
                index = UnsafeRawPointer(found) - base
                if memcmp(base + index, delimiter, delimiter.count) == 0 { return index }
                index += 1
            }
            return nil
        }
    }

    private mutating func findFirstBoundary() -> Bool {
        while let index = nextDelimiter() {
            switch ending(after: index + delimiter.count) {
            case .incomplete:
                (start, search) = (index, index)
                return false
            case .none: search = index + 1
            case .part(let end): enterHeaders(end)
            case .last(let end): enterEpilogue(end)
            }
            if state != .preamble { return true }
        }
        start = max(start, buffer.count - delimiter.count)
        search = max(search, start)
        return false
    }

    private mutating func enterHeaders(_ place: Int) {
        state = .headers
        (start, search) = (place, place)
    }

    private mutating func enterEpilogue(_ place: Int) {
        state = .epilogue
        start = place
    }

    // MARK: Parts

    private mutating func readHeaders() throws(HTTPError) -> Bool {
        guard let end = endOfHeaders() else {
            guard buffer.count - start <= headerLimit else { throw tooManyHeaders }
            return false
        }
        guard end - start <= headerLimit else { throw tooManyHeaders }
        try sink.begin(try PartHeaders.read(buffer[start..<end]))
        state = .data
        (start, search) = (end, end)
        isPartStart = true
        return true
    }

    private var tooManyHeaders: HTTPError {
        HTTPError(431, "The headers of a part of the form are larger than \(headerLimit) bytes.")
    }

    /// Behind the empty line that ends the headers.
    private func endOfHeaders() -> Int? {
        var line = start
        var index = start
        while index < buffer.count {
            guard let end = lineEnd(at: index) else {
                index += 1
                continue
            }
            if end < 0 { return nil }
            if index == line { return end }
            (line, index) = (end, end)
        }
        return nil
    }

    private mutating func readData() throws(HTTPError) -> Bool {
        while let index = nextDelimiter() {
            guard let end = dataEnd(before: index) else {
                search = index + 1
                continue
            }
            switch ending(after: index + delimiter.count) {
            case .none: search = index + 1
            case .incomplete:
                try pass(upTo: end)
                search = index
                return false
            case .part(let next):
                try finishPart(end)
                enterHeaders(next)
                return true
            case .last(let next):
                try finishPart(end)
                enterEpilogue(next)
                return true
            }
        }
        // What is left may be the beginning of a boundary with its line end.
        let safe = buffer.count - delimiter.count - 1
        if safe > start { try pass(upTo: safe) }
        search = max(search, start)
        return false
    }

    /// Where the data ends when a delimiter at `index` is a boundary: before the line end in front of it.
    private func dataEnd(before index: Int) -> Int? {
        if index == start { return isPartStart ? index : nil }
        switch buffer[index - 1] {
        case ASCII.carriageReturn: return index - 1
        case ASCII.lineFeed:
            return index - 1 > start && buffer[index - 2] == ASCII.carriageReturn ? index - 2 : index - 1
        default: return nil
        }
    }

    private mutating func finishPart(_ end: Int) throws(HTTPError) {
        try pass(upTo: end)
        try sink.end()
    }

    private mutating func pass(upTo end: Int) throws(HTTPError) {
        guard end > start else { return }
        // Taken out of self, so that the sink may change while the bytes are lent.
        let bytes = buffer
        var failure: HTTPError?
        bytes.withUnsafeBytes { bytes in
            do throws(HTTPError) {
                try sink.append(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
            } catch { failure = error }
        }
        if let failure { throw failure }
        start = end
        isPartStart = false
    }
}
