internal import CFCGI
internal import Glibc
internal import RoostHTTP

/// Writes one response: head and small bodies through libfcgi's buffer, large ones as full-size records past it.
struct ResponseWriter {
    private let request: FCGX_Request
    /// The head under construction; kept by the gateway so that its memory is allocated once.
    private(set) var head: [UInt8]
    /// Bytes of the body that were handed to the connection.
    private(set) var bodyBytes = 0
    /// Whether the peer left before it had everything.
    private(set) var aborted = false

    private let willWait: (GatewayStep) -> Void

    /// - Parameter willWait: called before each step that may take time: writing, or asking the view for more.
    init(request: FCGX_Request, head: [UInt8], willWait: @escaping (GatewayStep) -> Void) {
        self.request = request
        self.head = head
        self.willWait = willWait
    }

    mutating func write(_ response: Response) {
        willWait(.answer)
        head.removeAll(keepingCapacity: true)
        ResponseHead.append(response, to: &head)
        head.withUnsafeBytes { put($0) }
        switch response.body {
        case .bytes(let bytes): bytes.withUnsafeBytes { body($0) }
        case .file(let path, let offset, let length): file(path, offset, length)
        case .chunks(let next): chunks(next)
        }
    }

    private mutating func body(_ bytes: UnsafeRawBufferPointer) {
        guard !aborted else { return }
        if bytes.count > RecordWriter.worthwhile { records(bytes) } else { put(bytes) }
        if !aborted { bodyBytes += bytes.count }
    }

    private mutating func put(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self), !bytes.isEmpty else { return }
        if FCGX_PutStr(start, Int32(clamping: bytes.count), request.out) < 0 { aborted = true }
    }

    private mutating func records(_ bytes: UnsafeRawBufferPointer) {
        guard FCGX_FFlush(request.out) == 0 else { return aborted = true }
        let writer = RecordWriter(descriptor: request.ipcFd, requestID: request.requestId, willWait: willWait)
        aborted = !writer.write(bytes)
    }

    /// Each chunk is sent as soon as the view made it.
    private mutating func chunks(_ next: () throws -> [UInt8]?) {
        do {
            while !aborted {
                willWait(.view)
                guard let chunk = try next() else { return }
                willWait(.answer)
                chunk.withUnsafeBytes { body($0) }
                if FCGX_FFlush(request.out) != 0 { aborted = true }
            }
        } catch {
            // The head is gone already: cutting the connection is the only way left to say that the body is incomplete.
            aborted = true
        }
    }

    private mutating func file(_ path: String, _ offset: Int64, _ length: Int64) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0, lseek(file, off_t(offset), SEEK_SET) >= 0 else { return aborted = true }
        defer { close(file) }
        withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { buffer in
            var left = length
            while left > 0, !aborted {
                let count = read(file, buffer.baseAddress, Int(min(left, Int64(buffer.count))))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return aborted = true }
                willWait(.answer)
                body(UnsafeRawBufferPointer(rebasing: buffer.prefix(count)))
                left -= Int64(count)
            }
        }
    }
}
