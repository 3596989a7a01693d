import Glibc

/// One listening socket, opened by the master and inherited by all workers.
struct Listener {
    let address: ListenAddress
    let descriptor: Int32
    /// Of a Unix socket this process made: removed again at the end.
    let path: String?
    private let inode: UInt64

    /// Opens the socket. Reports what an operator should know; throws with a readable reason.
    static func open(
        _ address: ListenAddress, _ settings: PoolSettings, _ report: (PoolEvent) -> Void
    ) throws -> Listener {
        let listener: Listener
        switch address.place {
        case .unix(let path):
            let descriptor = try UnixSocket.bind(path, mode: settings.socketMode, group: settings.socketGroup, report)
            listener = Listener(address: address, descriptor: descriptor, path: path)
        case .tcp(let host, let port):
            listener = Listener(address: address, descriptor: try TCPSocket.bind(host, port), path: nil)
        case .inherited(let name):
            listener = Listener(address: address, descriptor: try SocketActivation.descriptor(named: name), path: nil)
        }
        guard listen(listener.descriptor, settings.backlog) == 0 else { throw SystemError("listen on \(address)") }
        setNonBlocking(listener.descriptor)
        report(.listening(address: address.description, backlog: Int(settings.backlog)))
        return listener
    }

    private init(address: ListenAddress, descriptor: Int32, path: String?) {
        self.address = address
        self.descriptor = descriptor
        self.path = path
        inode = path.flatMap(UnixSocket.inode) ?? 0
    }

    /// Removes the path, unless somebody else has put another socket there since.
    func unlinkOwnPath() {
        guard let path, UnixSocket.inode(path) == inode else { return }
        unlink(path)
    }
}

func setNonBlocking(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
}
