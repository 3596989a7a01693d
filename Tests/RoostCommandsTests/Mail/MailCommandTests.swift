import ArgumentParser
import Foundation
import Roost
import RoostMail
import Testing

@testable import RoostCommands

/// Takes what is sent, unless it is told what the server's trouble is.
private final class Server: MailTransport {
    let problem: MailError?
    init(_ problem: MailError?) { self.problem = problem }
    func deliver(_ message: [UInt8], _ envelope: MailEnvelope) throws(MailError) { if let problem { throw problem } }
    func close() {}
}

private enum Post: Application {
    static let name = "post"
    static let settings = [
        Setting("post.trouble", .choice(["none", "busy", "never", "down"]), "none", "of the server")
    ]

    static func makeApp(_ settings: Settings) throws -> App {
        let app = App("post", settings: settings)
        try app.useMail(settings)
        let trouble: [String: MailError] = [
            "busy": MailError(.temporary, "try later"), "never": MailError(.refused, "no such user"),
            "down": MailError(.unreachable, "no route"),
        ]
        if app.mail?.transport != nil {
            app.mail?.transport = Server(trouble[try settings.text("post.trouble")])
        }
        return app
    }
}

private enum Silent: Application {
    static let name = "silent"
    static func makeApp(_ settings: Settings) throws -> App { App("silent", settings: settings) }
}

@Suite("mail")
struct MailCommandTests {
    /// A spool of three: two that wait, one that was refused.
    private func withSpool(_ body: (MailSpool, [String]) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("spool-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let spool = MailSpool(folder: folder)
        for (name, isRefused) in [("ann", false), ("ben", false), ("eve", true)] {
            let envelope = MailEnvelope(sender: "admin@x.org", recipients: ["\(name)@x.org"])
            try spool.keep(Array("Subject: x\r\n\r\nx".utf8), envelope, problem: "busy", refused: isRefused)
        }
        try body(spool, ["--set", "mail.spool=\(folder)"])
    }

    private func retry(_ arguments: [String]) throws { try MailRetryCommand<Post>.parse(arguments).run() }

    @Test("retry sends what waits, and what was refused when asked to")
    func sends() throws {
        try withSpool { spool, arguments in
            try retry(arguments)
            let left = try spool.names()
            #expect(left.count == 1 && left[0].hasSuffix(".refused"))
            try retry(arguments + ["--refused"])
            #expect(try spool.names().isEmpty)
        }
    }

    @Test("what could not be sent stays, and the command fails with the reasons", arguments: [
        ("busy", "try later", 1), ("never", "no such user", 3),
    ])
    func fails(trouble: String, reason: String, refused: Int) throws {
        try withSpool { spool, arguments in
            let failure = try #require(throws: CommandFailure.self) {
                try retry(arguments + ["--set", "post.trouble=\(trouble)"])
            }
            #expect(failure.status == 1 && failure.message.contains(reason))
            let names = try spool.names()
            #expect(names.count == 3 && names.count { $0.hasSuffix(".refused") } == refused)
        }
    }

    @Test("a server that is down is tried once, and the command says how many messages it left alone")
    func serverDown() throws {
        try withSpool { spool, arguments in
            let failure = try #require(throws: CommandFailure.self) {
                try retry(arguments + ["--set", "post.trouble=down"])
            }
            #expect(failure.message.hasSuffix("no route\n1 more not tried: the server is down"))
            #expect(try spool.names().count == 3)
        }
    }

    @Test("list tells since when, whether there is hope, to whom and why")
    func lists() throws {
        try withSpool { spool, arguments in
            try Data("junk".utf8).write(to: URL(filePath: "\(spool.folder)/0.mail"))
            let lines = try spool.listing()
            #expect(lines.count == 4 && lines[0] == "0.mail  is no message")
            #expect(lines[1].hasSuffix("Z  waiting  1 try   admin@x.org to ann@x.org  busy"))
            #expect(lines[3].contains("  refused  1 try   admin@x.org to eve@x.org"))
            let name = try spool.names()[2]
            let waiting = try #require(lines[2].split(separator: "Z").last)
            try FileManager.default.moveItem(
                atPath: "\(spool.folder)/\(name)", toPath: "\(spool.folder)/\(name.dropLast(5)).given-up")
            let givenUp = try spool.listing()[2]
            #expect(givenUp.hasSuffix("Z" + waiting.replacing("waiting", with: "given up")))
            try MailListCommand<Post>.parse(arguments).run()
        }
        #expect(try MailSpool(folder: "/nowhere/at/all").listing().isEmpty)
    }

    @Test("an app without mail, and one that sends nothing, are told so")
    func refuses() throws {
        let none = try #require(throws: CommandFailure.self) { try MailRetryCommand<Silent>.parse([]).run() }
        #expect(none.message == "silent has no mail: call app.useMail(settings) in makeApp()")
        let suppressed = try #require(throws: CommandFailure.self) { try retry(["--environment", "testing"]) }
        #expect(suppressed.message.contains("mail.suppress"))
    }

    @Test("the command stands beside the others")
    func isThere() {
        #expect(RoostCommand<Post>.configuration.subcommands.contains { $0 == MailCommand<Post>.self })
    }
}
