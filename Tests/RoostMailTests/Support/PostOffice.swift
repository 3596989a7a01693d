import Roost

@testable import RoostMail

/// A spool, a server as the test wants it, and a time that passes when the test says so.
final class PostOffice {
    let transport = FakeTransport()
    let log = LogRecord()
    let folder: String
    /// Seconds since the beginning.
    var time: Int64 = 0
    /// Microseconds beyond them.
    private var microseconds: Int64 = 0
    private(set) lazy var mailer = worker()

    init() throws { folder = try TestFolder.make() }

    deinit { TestFolder.remove(folder) }

    /// Another worker with the same spool and server.
    func worker() -> Mailer {
        let mailer = Mailer(transport: transport, spool: MailSpool(folder: folder), logger: log.logger)
        mailer.sender = "s@x.org"
        mailer.clock = MailClock { [unowned self] in
            time * 1_000_000_000
        } now: { [unowned self] in
            1_800_000_000_000_000 + time * 1_000_000 + microseconds
        }
        return mailer
    }

    /// Messages that the server did not take at this time, one after the other.
    func keep(_ names: String..., problem: MailError.Code = .temporary) throws {
        transport.problem = MailError(problem, "not now")
        for (index, name) in names.enumerated() {
            microseconds = Int64(index - names.count + 1)
            try mailer.send(MailMessage(subject: name, to: [MailAddress("\(name)@x.org")], text: name))
        }
        transport.problem = nil
        transport.attempts = 0
    }

    /// The receivers of messages that were delivered.
    var taken: [String] { transport.taken.flatMap(\.envelope.recipients) }

    var waiting: [SpooledMail] {
        get throws { try mailer.spool.names().compactMap { try mailer.spool.mail(named: $0) } }
    }

    /// The log lines that begin with a text.
    func logged(_ text: String) -> [LogRecord.Line] { log.lines.filter { $0.message.hasPrefix(text) } }
}
