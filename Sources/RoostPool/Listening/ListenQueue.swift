import CRoost
import Glibc

/// How many connections wait to be accepted, as the kernel counts them.
struct ListenQueue: Equatable {
    var waiting: Int
    var backlog: Int

    static func of(_ listener: Listener) -> ListenQueue? {
        var (waiting, backlog): (UInt32, UInt32) = (0, 0)
        let isTCP = if case .tcp = listener.address.place { true } else { false }
        var answered = isTCP && roost_tcp_listen_queue(listener.descriptor, &waiting, &backlog) == 0
        if !isTCP { answered = roost_unix_listen_queue(listener.descriptor, &waiting, &backlog) == 0 }
        return answered ? ListenQueue(waiting: Int(waiting), backlog: Int(backlog)) : nil
    }

    /// The kernel cuts a backlog to this without a word.
    static var kernelLimit: Int? { ProcFile.text("/proc/sys/net/core/somaxconn").flatMap { Int($0.trimmed) } }
}
