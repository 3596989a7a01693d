import Glibc

/// The other end of the control socket, for commands.
public enum ControlClient {
    /// Why a command got no answer. `noPool` when nothing listens on the path.
    public enum Failure: Error, CustomStringConvertible {
        case noPool(path: String)
        case noAnswer(String)

        public var description: String {
            switch self {
            case .noPool(let path): "no pool answers on \(path)"
            case .noAnswer(let reason): "the pool did not answer: \(reason)"
            }
        }
    }

    /// Sends one command and returns the answer, one line of JSON with `"ok"` first, without the newline.
    ///
    /// Throws `Failure`. The default time suits a reload, which is answered when the roll has ended.
    public static func send(
        path: String, command: ControlCommand, timeout: Duration = .seconds(120)
    ) throws -> String {
        guard let descriptor = try? UnixSocket.connect(path) else { throw Failure.noPool(path: path) }
        defer { close(descriptor) }
        var limit = timeval(tv_sec: max(1, timeout.milliseconds / 1000), tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let line = Array((command.line + "\n").utf8)
        guard Glibc.send(descriptor, line, line.count, Int32(MSG_NOSIGNAL)) == line.count else {
            throw Failure.noAnswer(String(cString: strerror(errno)))
        }
        return try receiveLine(descriptor)
    }

    private static func receiveLine(_ descriptor: Int32) throws -> String {
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while answer.last != 0x0A {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw Failure.noAnswer(count == 0 ? "it closed the connection" : String(cString: strerror(errno)))
            }
            answer += buffer.prefix(count)
        }
        return String(decoding: answer.dropLast(), as: UTF8.self)
    }
}
