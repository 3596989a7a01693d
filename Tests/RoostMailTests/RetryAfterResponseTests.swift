import Roost
import Testing

@testable import RoostMail

@Suite("Mail that is tried again after a response")
struct RetryAfterResponseTests {
    private func app(_ office: PostOffice, _ texts: [String: String] = [:]) throws -> App {
        let app = App("test")
        app.logger.logLevel = .critical
        let usual = ["app.environment": "production", "mail.spool": office.folder]
        let settings = try Settings(known: MailSettings.all + [.appEnvironment], usual.merging(texts) { $1 })
        try app.useMail(settings)
        app.mail?.transport = office.transport
        app.mail?.clock = office.mailer.clock
        try app.get("/") { _ in "attempts: \(office.transport.attempts)" }
        return app
    }

    @Test("a request's response is out before waiting mail goes, and what that takes is a span of the request")
    func afterResponse() throws {
        let office = try PostOffice()
        let app = try app(office)
        var spans: [String] = []
        try app.afterResponse { exchange in spans = exchange.request.trace.spans.map(\.name) }
        try office.keep("ann")
        #expect(app.testClient().get("/").text == "attempts: 0")
        #expect(office.transport.attempts == 0 && spans.isEmpty, "its pause is not over")
        office.time = 60
        #expect(app.testClient().get("/").text == "attempts: 0")
        #expect(office.taken == ["ann@x.org"] && spans == ["1 message, tried again after the response"])
    }

    @Test("mail.retry_after says how often a worker looks; 0 is never", arguments: [("10m", 600), ("0", nil)])
    func setting(text: String, seconds: Int?) throws {
        let office = try PostOffice()
        let app = try app(office, ["mail.retry_after": text])
        _ = app.testClient().get("/")
        try office.keep("ann")
        for time in [60, 599] {
            office.time = Int64(time)
            _ = app.testClient().get("/")
            #expect(office.taken.isEmpty, "after \(time) seconds")
        }
        office.time = 600
        _ = app.testClient().get("/")
        #expect(office.taken.count == (seconds == nil ? 0 : 1))
    }
}
