internal import CFCGI
internal import Glibc
internal import RoostHTTP

/// Reads a request's body from its FastCGI stream: into memory when small, into a temporary file when large.
struct BodyReader {
    /// Why a body cannot be taken.
    struct Refusal: Error {
        let status: Status
        let reason: String
    }

    let stream: UnsafeMutablePointer<FCGX_Stream>
    let limits: GatewayLimits
    /// Called before each wait for more of the body.
    let willWait: () -> Void

    /// - Parameter variables: the request's, for its content length.
    /// - Throws: `Refusal` for a length that is no number, a body that is too large, or one that ends early.
    func read(_ variables: ServerVariables) throws -> RequestBody {
        let length = try declaredLength(variables)
        guard length > 0 else { return .none }
        guard length <= limits.body else {
            throw Refusal(status: .contentTooLarge, reason: "the body of \(length) bytes is larger than \(limits.body) bytes (http.max_body)")
        }
        willWait()
        return length > limits.spoolAbove ? try spool(length) : .bytes(try bytes(length))
    }

    private func declaredLength(_ variables: ServerVariables) throws -> Int {
        guard let text = variables["CONTENT_LENGTH"], !text.isEmpty else { return 0 }
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let length = Int(text) else {
            throw Refusal(status: .badRequest, reason: "Content-Length is not a number of bytes")
        }
        return length
    }

    private func bytes(_ length: Int) throws -> [UInt8] {
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            count = get(buffer.baseAddress, length)
        }
        guard bytes.count == length else { throw endedEarly(bytes.count, length) }
        return bytes
    }

    private func spool(_ length: Int) throws -> RequestBody {
        var template = Array("\(limits.spoolFolder)/roost-body-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else { throw cannotSpool() }
        defer { close(file) }
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        do {
            try copy(length, to: file)
        } catch {
            unlink(path)
            throw error
        }
        return .file(path: path, size: Int64(length))
    }

    private func copy(_ length: Int, to file: Int32) throws {
        try withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { buffer in
            var left = length
            while left > 0 {
                willWait()
                let count = get(buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), min(left, buffer.count))
                guard count > 0 else { throw endedEarly(length - left, length) }
                guard Self.writeAll(file, UnsafeRawBufferPointer(buffer).prefix(count)) else { throw cannotSpool() }
                left -= count
            }
        }
    }

    private func get(_ target: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int {
        target?.withMemoryRebound(to: CChar.self, capacity: count) { Int(FCGX_GetStr($0, Int32(clamping: count), stream)) } ?? 0
    }

    /// Throws away what is left of a body; `false` when that is more than `limit` bytes.
    static func discard(_ stream: UnsafeMutablePointer<FCGX_Stream>?, upTo limit: Int) -> Bool {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 65_536) { buffer in
            var left = limit
            while left > 0 {
                let count = Int(FCGX_GetStr(buffer.baseAddress, Int32(buffer.count), stream))
                if count < buffer.count { return true }
                left -= count
            }
            return false
        }
    }

    private static func writeAll(_ file: Int32, _ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
        var rest = UnsafeRawBufferPointer(rebasing: bytes)
        while !rest.isEmpty {
            let count = write(file, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
        return true
    }

    private func endedEarly(_ have: Int, _ wanted: Int) -> Refusal {
        Refusal(status: .badRequest, reason: "the body ended after \(have) of \(wanted) bytes")
    }

    private func cannotSpool() -> Refusal {
        let cause = String(cString: strerror(errno))
        return Refusal(status: .serviceUnavailable, reason: "the body cannot be kept in \(limits.spoolFolder): \(cause)")
    }
}

extension RequestBody {
    /// Deletes the temporary file of a spooled body, unless the view moved it away.
    func removeFile() {
        if case .file(let path, _) = self { unlink(path) }
    }
}
