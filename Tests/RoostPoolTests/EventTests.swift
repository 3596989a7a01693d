import Glibc
import Testing

@testable import RoostPool

@Suite("Pool events")
struct EventTests {
    private let time = timespec(tv_sec: 1_767_323_045, tv_nsec: 678_000_000)
    private let worker = WorkerIdentity(slot: 3, pid: 42, generation: 2)

    @Test("one event is one JSON line")
    func json() {
        let line = PoolEventFormatter().json(.workerReady(worker, boot: .milliseconds(1250)), at: time)
        #expect(
            line
                == #"{"time":"2026-01-02T03:04:05.678Z","level":"info","event":"worker_ready","slot":3,"pid":42,"generation":2,"boot":1.250}"#
        )
    }

    @Test("one event is one text line")
    func text() {
        let event = PoolEvent.ready(pid: 1, addresses: ["unix:a", "b:1"], workers: 4, boot: .milliseconds(12))
        #expect(
            PoolEventFormatter().text(event, at: time)
                == "2026-01-02T03:04:05.678Z info ready pid=1 listen=unix:a,b:1 workers=4 boot=0.012s")
    }

    @Test("a request path cannot forge a line")
    func forged() {
        var request = RequestEvidence()
        request.path = "/a\n{\"event\":\"stopped\"}\u{1B}[2J\\"
        for line in [
            PoolEventFormatter().json(.slowRequest(worker, request: request), at: time),
            PoolEventFormatter().text(.slowRequest(worker, request: request), at: time),
        ] {
            #expect(line.utf8.allSatisfy { $0 >= 0x20 })
            #expect(line.contains(#"/a\n{\"event\":\"stopped\"}\u001b[2J\\"#))
        }
    }

    @Test("an unexpected end is an error with its cause, an expected one is not")
    func exits() {
        let crash = PoolEvent.exited(worker, cause: .signal(name: "SIGSEGV", core: true), expected: false, request: nil)
        #expect(crash.level == .error)
        #expect(
            PoolEventFormatter().text(crash, at: time).hasSuffix("cause=signal signal=SIGSEGV core=yes expected=no"))
        #expect(PoolEvent.exited(worker, cause: .status(0), expected: true, request: nil).level == .info)
    }
}

@Suite("Control requests")
struct ControlTests {
    @Test(
        "a command reads back from its own line",
        arguments: [
            ControlCommand.status, .scale(8), .stop, .reload, .reopenLogs,
        ])
    func roundTrip(command: ControlCommand) throws {
        #expect(try ControlCommand(parsing: Array(command.line.utf8)) == command)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "{", "{}", "[]", "null", #"{"command":"fly"}"#, #"{"command":"scale"}"#,
            #"{"command":"scale","workers":"x"}"#,
            #"{"command":"status"} x"#, #"{"command":{"a":1}}"#, #"{"command":"status""#,
            #"{"workers":99999999999999999999}"#,
        ])
    func refused(line: String) {
        #expect(throws: ControlRefusal.self) { try ControlCommand(parsing: Array(line.utf8)) }
    }
}
