import CRoost
import Glibc

/// The control socket, served by the master's loop. Nothing here blocks; slow clients are dropped.
final class ControlServer {
    static let mostClients = 16
    static let longestLine = 4096
    static let patience = Duration.seconds(2)

    private let path: String
    private let descriptor: Int32
    private let inode: UInt64
    private var clients: [Client] = []

    struct Client {
        let descriptor: Int32
        var received: [UInt8] = []
        var answer: ArraySlice<UInt8> = []
        var deadline: MonotonicTime
        var awaitsReload = false
    }

    /// Opens the socket with mode 0600. Throws as a listener does.
    init(path: String, _ report: (PoolEvent) -> Void) throws {
        self.path = path
        descriptor = try UnixSocket.bind(path, mode: 0o600, group: nil, report)
        inode = UnixSocket.inode(path) ?? 0
        guard listen(descriptor, 16) == 0 else { throw SystemError("listen on the control socket") }
        setNonBlocking(descriptor)
    }

    func close() {
        closeInChild()
        if UnixSocket.inode(path) == inode { unlink(path) }
    }

    func closeInChild() {
        for client in clients { Glibc.close(client.descriptor) }
        Glibc.close(descriptor)
    }

    // MARK: The loop's side

    func appendInterests(to set: inout [pollfd]) {
        set.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
        for client in clients {
            let events = Int16(client.answer.isEmpty ? POLLIN : POLLOUT)
            // One that waits for a reload is not polled: if it hung up, poll would return at once until the end.
            set.append(pollfd(fd: client.awaitsReload ? -1 : client.descriptor, events: events, revents: 0))
        }
    }

    /// Takes what has come and answers. `handle` returns the answer, or nil to answer when the reload has ended.
    func serve(_ handle: (ControlCommand) -> [UInt8]?) {
        while true {
            let client = roost_accept(descriptor, Int32(SOCK_NONBLOCK.rawValue))
            guard client >= 0 else {
                if errno == EMFILE || errno == ENFILE { dropOldest() }
                break
            }
            if clients.count >= Self.mostClients { dropOldest() }
            clients.append(Client(descriptor: client, deadline: .now + Self.patience))
        }
        for index in clients.indices.reversed() where !advance(index, handle) {
            Glibc.close(clients.remove(at: index).descriptor)
        }
    }

    /// A reload has ended: whoever asked for one learns how.
    func tellWaiting(_ event: PoolEvent) {
        let failure: String
        switch event {
        case .reloaded: failure = ""
        case .reloadFailed(_, let reason): failure = reason
        case .stopping: failure = "the pool is stopping"
        default: return
        }
        for index in clients.indices where clients[index].awaitsReload {
            clients[index].awaitsReload = false
            clients[index].deadline = .now + Self.patience
            clients[index].answer = Self.answer(failure: failure)[...]
        }
    }

    static func answer(failure: String = "", _ more: (inout JSONText) -> Void = { _ in }) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.flag("ok", failure.isEmpty)
            if !failure.isEmpty { json.text("error", failure) }
            more(&json)
        }
        return json.bytes + [0x0A]
    }

    /// Idle clients keep nobody out: the one that has had longest makes room, those that wait for a reload last.
    private func dropOldest() {
        guard !clients.isEmpty else { return }
        let index = clients.firstIndex { !$0.awaitsReload } ?? 0
        Glibc.close(clients.remove(at: index).descriptor)
    }

    /// False when the client is done with.
    private func advance(_ index: Int, _ handle: (ControlCommand) -> [UInt8]?) -> Bool {
        if clients[index].answer.isEmpty, !clients[index].awaitsReload {
            guard receive(index) else { return false }
            answerLine(index, handle)
        }
        if !clients[index].answer.isEmpty { return send(index) && .now < clients[index].deadline }
        return clients[index].awaitsReload || .now < clients[index].deadline
    }

    private func receive(_ index: Int) -> Bool {
        var buffer = [UInt8](repeating: 0, count: Self.longestLine)
        let count = recv(clients[index].descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
        clients[index].received += buffer.prefix(count)
        return clients[index].received.count <= Self.longestLine
    }

    private func answerLine(_ index: Int, _ handle: (ControlCommand) -> [UInt8]?) {
        guard let end = clients[index].received.firstIndex(of: 0x0A) else { return }
        do {
            let answer = handle(try ControlCommand(parsing: clients[index].received[..<end]))
            clients[index].awaitsReload = answer == nil
            clients[index].answer = (answer ?? [])[...]
        } catch {
            clients[index].answer = Self.answer(failure: String(describing: error))[...]
        }
    }

    /// False when everything is sent or the client has gone.
    private func send(_ index: Int) -> Bool {
        let client = clients[index]
        let sent = client.answer.withUnsafeBytes {
            Glibc.send(client.descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard sent >= 0 else { return errno == EAGAIN || errno == EINTR }
        clients[index].answer = client.answer.dropFirst(sent)
        return !clients[index].answer.isEmpty
    }
}
