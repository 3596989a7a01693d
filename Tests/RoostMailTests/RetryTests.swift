import Glibc
import Roost
import RoostTemplates
import Testing

@testable import RoostMail

@Suite("Mail that is tried again by itself")
struct RetryTests {
    @Test("pauses double from a minute up to an hour", arguments: [
        (1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (8, 60), (1_000_000, 60),
    ])
    func pauses(attempts: Int, minutes: Int64) {
        #expect(MailBackOff.pause(after: attempts) == minutes * 60_000_000)
    }

    @Test("a message is tried when its pause is over and not before, and leaves the spool when it is taken")
    func schedule() throws {
        let office = try PostOffice()
        office.mailer.retryAfter = .seconds(1)
        try office.keep("ann")
        office.transport.problem = MailError(.temporary, "still not")
        for (time, attempts) in [(59, 1), (60, 2), (179, 2), (180, 3), (419, 3), (420, 4)] {
            office.time = Int64(time)
            _ = office.mailer.retryWhenDue()
            let mail = try #require(try office.waiting.first)
            #expect(mail.attempts == attempts, "after \(time) seconds")
            #expect(mail.problem == (attempts == 1 ? "not now" : "still not") && mail.state == .waiting)
        }
        office.transport.problem = nil
        office.time = 899
        #expect(office.mailer.retryWhenDue()?.sent == 0)
        office.time = 900
        #expect(office.mailer.retryWhenDue()?.sent == 1)
        #expect(try office.waiting.isEmpty && office.taken == ["ann@x.org"])
        #expect(office.logged("waiting mail not sent").count == 3)
        let sent = office.logged("waiting mail sent")
        #expect(sent.count == 1 && sent.first?.metadata["recipients"] == "ann@x.org")
        #expect(sent.first?.metadata["attempts"] == "5")
    }

    @Test("a worker that has looked does not touch the folder before it is time again")
    func noLook() throws {
        let office = try PostOffice()
        TestFolder.remove(office.folder)
        // A file where the folder should be: every look at it is an error.
        close(open(office.folder, O_WRONLY | O_CREAT, 0o600))
        defer { unlink(office.folder) }
        let problem = "waiting mail cannot be looked at"
        for (time, looks) in [(0, 1), (1, 1), (59, 1), (60, 2), (61, 2)] {
            office.time = Int64(time)
            #expect(office.mailer.retryWhenDue() == nil)
            #expect(office.logged(problem).count == looks, "after \(time) seconds")
        }
        office.mailer.retryAfter = .zero
        office.time = 1000
        #expect(office.mailer.retryWhenDue() == nil && office.logged(problem).count == 2)
    }

    @Test("a server that is down ends the round, and the other workers leave it alone until the next one")
    func serverDown() throws {
        let office = try PostOffice()
        try office.keep("ann", "ben", "eve", problem: .unreachable)
        let other = office.worker()
        office.transport.problem = MailError(.unreachable, "no route to host")
        office.time = 60
        let result = try #require(office.mailer.retryWhenDue())
        #expect(result.problems.count == 1 && result.left == 3 && result.untried == 2)
        office.time = 65
        #expect(other.retryWhenDue() == nil)
        #expect(office.transport.attempts == 1)
        #expect(try office.waiting.map(\.attempts) == [2, 1, 1])
        // Up again: the first one's pause is not over, the others' is.
        office.transport.problem = nil
        office.time = 125
        #expect(other.retryWhenDue()?.sent == 2)
        office.time = 185
        #expect(office.mailer.retryWhenDue()?.sent == 1)
        #expect(office.taken == ["ben@x.org", "eve@x.org", "ann@x.org"])
    }

    @Test("a message that the server will not take now does not keep the others waiting")
    func busyReceiver() throws {
        let office = try PostOffice()
        try office.keep("ann", "ben", "eve")
        office.transport.problems = [
            "ann@x.org": MailError(.temporary, "mailbox full"), "ben@x.org": MailError(.refused, "nobody"),
        ]
        office.time = 60
        let result = try #require(office.mailer.retryWhenDue())
        #expect(result.sent == 1 && result.left == 2 && result.untried == 0)
        #expect(try office.waiting.map(\.state) == [.waiting, .refused])
        #expect(office.logged("waiting mail refused").map(\.level) == [.error])
        office.time = 100_000
        _ = office.mailer.retryWhenDue()
        #expect(office.transport.attempts == 4, "what was refused is not tried again by itself")
    }

    @Test("while one process sends what waits no worker does")
    func lock() throws {
        let office = try PostOffice()
        try office.keep("ann")
        office.time = 60
        let descriptor = open(office.folder, O_RDONLY)
        try #require(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        #expect(office.mailer.retryWhenDue() == nil && office.transport.attempts == 0)
        flock(descriptor, LOCK_UN)
        close(descriptor)
        office.time = 120
        #expect(office.mailer.retryWhenDue()?.sent == 1)
        // During a delivery the lock is held.
        try office.keep("ben")
        var isFree = true
        office.transport.during = { [folder = office.folder] in
            let descriptor = open(folder, O_RDONLY)
            isFree = flock(descriptor, LOCK_EX | LOCK_NB) == 0
            close(descriptor)
        }
        office.time = 180
        #expect(office.mailer.retryWhenDue()?.sent == 1 && !isFree)
        isFree = true
        try office.keep("eve")
        #expect(try office.mailer.retry().sent == 1 && !isFree)
    }

    @Test("a round ends after so many messages, and after so much time; the next one goes on")
    func bounds() throws {
        let office = try PostOffice()
        for index in 0..<60 { try office.keep("n\(index)") }
        office.time = 60
        let first = try #require(office.mailer.retryWhenDue())
        #expect(first.sent == 50 && first.left == 10)
        office.transport.during = { [unowned office] in office.time += 2 }
        office.time = 120
        let slow = try #require(office.mailer.retryWhenDue())
        #expect(slow.sent == 3 && slow.left == 7)
        office.transport.during = {}
        office.time = 200
        #expect(office.mailer.retryWhenDue()?.sent == 7)
    }

    @Test("after five days a message is given up: it stays, and the command alone tries it")
    func givenUp() throws {
        let office = try PostOffice()
        try office.keep("ann")
        let never = MailError(.temporary, "mailbox full")
        office.transport.problem = never
        for time in stride(from: Int64(43_200), through: 5 * 86_400, by: 43_200) {
            #expect(try office.waiting.map(\.state) == [.waiting], "before \(time) seconds")
            office.time = time
            _ = office.mailer.retryWhenDue()
        }
        #expect(try office.waiting.map(\.state) == [.givenUp])
        #expect(office.logged("waiting mail given up").map(\.level) == [.error])
        let attempts = office.transport.attempts
        office.time += 86_400
        _ = office.mailer.retryWhenDue()
        #expect(office.transport.attempts == attempts)
        #expect(try office.mailer.retry().left == 1 && office.transport.attempts == attempts + 1)
        #expect(try office.waiting.map(\.state) == [.givenUp])
        office.transport.problem = nil
        #expect(try office.mailer.retry().sent == 1)
        #expect(try office.waiting.isEmpty)
    }

    @Test("an attempt is written down before it is made, so that a worker that dies of it loses no message")
    func diesDuring() throws {
        let office = try PostOffice()
        try office.keep("ann")
        office.time = 60
        var during: [SpooledMail] = []
        office.transport.during = { [unowned office] in during = (try? office.waiting) ?? [] }
        #expect(office.mailer.retryWhenDue()?.sent == 1)
        let mail = try #require(during.first)
        #expect(during.count == 1 && mail.attempts == 2 && mail.tried - mail.since == 60_000_000)
        #expect(mail.problem == "not now" && mail.state == .waiting && !mail.message.isEmpty)
    }

    @Test("a message is kept before its first attempt, too, and leaves when it is taken")
    func diesDuringFirst() throws {
        let office = try PostOffice()
        var during: [SpooledMail] = []
        office.transport.during = { [unowned office] in during = (try? office.waiting) ?? [] }
        try office.mailer.send(MailMessage(subject: "s", to: [MailAddress("ann@x.org")], text: "t"))
        let mail = try #require(during.first)
        #expect(during.count == 1 && mail.attempts == 1 && mail.problem == "the attempt was not ended")
        #expect(mail.envelope.recipients == ["ann@x.org"] && !mail.message.isEmpty)
        let after = try office.waiting
        #expect(after.isEmpty && office.taken == ["ann@x.org"])
    }

    @Test("the command ends early when the server is down, and says how many it left alone")
    func commandServerDown() throws {
        let office = try PostOffice()
        try office.keep("ann", "ben", "eve")
        office.transport.problem = MailError(.unreachable, "no route to host")
        let result = try office.mailer.retry()
        #expect(result.left == 3 && result.untried == 2 && result.problems.count == 1)
        office.transport.problem = nil
        #expect(try office.mailer.retry().sent == 3, "a command does not wait for pauses to end")
    }

    @Test("a clock that was set back keeps no message waiting")
    func clockSetBack() throws {
        let office = try PostOffice()
        office.time = 1_000_000
        try office.keep("ann")
        _ = office.mailer.retryWhenDue()
        let other = office.worker()
        office.time = 60
        #expect(other.retryWhenDue()?.sent == 1)
    }

    @Test("what a killed process left, and a file that cannot be read, do not keep other messages waiting")
    func leftovers() throws {
        let office = try PostOffice()
        try office.keep("ann")
        let name = try #require(try office.waiting.first?.name)
        close(open("\(office.folder)/.\(name).\(getpid())", O_WRONLY | O_CREAT, 0o600))
        mkdir("\(office.folder)/0.mail", 0o700)
        defer { rmdir("\(office.folder)/0.mail") }
        office.time = 60
        let result = try #require(office.mailer.retryWhenDue())
        #expect(result.sent == 1 && result.left == 1 && office.taken == ["ann@x.org"])
        #expect(result.problems.count == 1 && result.problems.first?.hasPrefix("0.mail: ") == true)
        #expect(office.logged("waiting mail cannot be read").map(\.level) == [.error])
        #expect(TestFolder.names(office.folder) == [".last-round", "0.mail"])
    }

    @Test("a message to very many receivers, with a long text, is tried like others")
    func longMessage() throws {
        let office = try PostOffice()
        let receivers = (0..<5000).map { "receiver.number.\($0)@example.org" }
        let envelope = MailEnvelope(sender: "s@x.org", recipients: receivers)
        let message = [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000)
        _ = try office.mailer.spool.begin(message, envelope, at: office.mailer.clock.now())
        #expect(office.mailer.retryWhenDue()?.attempts == 0)
        office.time = 60
        #expect(office.mailer.retryWhenDue()?.sent == 1)
        let taken = try #require(office.transport.taken.first)
        #expect(taken.envelope == envelope && taken.text.utf8.count == 1_000_000)
    }

    @Test("files of a version that did not note the last attempt are tried, those that are no mail are left")
    func otherFiles() throws {
        let office = try PostOffice()
        let head = "from: s@x.org\nto: a@x.org\nsince: 1700000000000000\nattempts: 3\nproblem: p\n"
        for (name, text) in [("1.mail", head + "\nold"), ("2.mail", head), ("3.mail", "junk\n\n"), (".4.mail", head)] {
            let file = try #require(fopen("\(office.folder)/\(name)", "w"))
            fputs(text, file)
            fclose(file)
        }
        #expect(office.mailer.retryWhenDue()?.sent == 1)
        #expect(office.transport.taken.map(\.text) == ["old"])
        let left = TestFolder.names(office.folder).filter { $0.hasSuffix("mail") }
        #expect(left == [".4.mail", "2.mail", "3.mail"])
    }
}
