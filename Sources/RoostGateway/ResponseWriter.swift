internal import CFCGI
internal import Glibc
internal import RoostHTTP

/// Writes one response: its head with the first bytes of its body, the rest as the connection takes it.
struct ResponseWriter {
    private let records: RecordWriter
    private let willWait: (GatewayStep) -> Void
    /// The head under construction; kept by the gateway so that its memory is allocated once.
    private(set) var head: [UInt8]
    /// Bytes of the body that were handed to the connection.
    private(set) var bodyBytes = 0
    /// Whether the peer left before it had everything.
    private(set) var aborted = false

    /// - Parameter willWait: called before each step that may take time: writing, or asking the view for more.
    init(request: FCGX_Request, head: [UInt8], willWait: @escaping (GatewayStep) -> Void) {
        records = RecordWriter(descriptor: request.ipcFd, requestID: request.requestId, willWait: willWait)
        self.head = head
        self.willWait = willWait
    }

    mutating func write(_ response: Response) {
        willWait(.answer)
        head.removeAll(keepingCapacity: true)
        ResponseHead.append(response, to: &head)
        switch response.body {
        case .bytes(let bytes): bytes.withUnsafeBytes { send($0, ends: true) }
        case .file(let path, let offset, let length): file(path, offset, length)
        case .chunks(let next): chunks(next)
        }
    }

    /// Sends a part of the body, after the head if that has not gone yet.
    private mutating func send(_ bytes: UnsafeRawBufferPointer, ends: Bool = false) {
        guard !aborted else { return }
        aborted = !head.withUnsafeBytes { records.write(head: $0, bytes, ends: ends) }
        head.removeAll(keepingCapacity: true)
        if !aborted { bodyBytes += bytes.count }
    }

    private mutating func sendEnd() {
        send(UnsafeRawBufferPointer(start: nil, count: 0), ends: true)
    }

    /// Each chunk is sent as soon as the view made it.
    private mutating func chunks(_ next: () throws -> [UInt8]?) {
        do {
            while !aborted {
                willWait(.view)
                guard let chunk = try next() else { return sendEnd() }
                chunk.withUnsafeBytes { send($0) }
            }
        } catch {
            // The head has gone or goes now, or the web server would ask other workers, who fare no better. Cutting the
            // connection is the only way left to say that the body is incomplete.
            if !head.isEmpty { send(UnsafeRawBufferPointer(start: nil, count: 0)) }
            aborted = true
        }
    }

    private mutating func file(_ path: String, _ offset: Int64, _ length: Int64) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0, lseek(file, off_t(offset), SEEK_SET) >= 0 else { return aborted = true }
        defer { close(file) }
        withUnsafeTemporaryAllocation(byteCount: RecordWriter.largest, alignment: 16) { buffer in
            var left = length
            while left > 0, !aborted {
                let count = read(file, buffer.baseAddress, Int(min(left, Int64(buffer.count))))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return aborted = true }
                left -= Int64(count)
                send(UnsafeRawBufferPointer(rebasing: buffer.prefix(count)), ends: left == 0)
            }
            if length == 0 { sendEnd() }
        }
    }
}
