internal import Roost
internal import RoostMail

extension Flasky {
    /// In production, tells the administrator of errors that nobody handled. A mail that cannot be sent changes nothing
    /// about the response: it goes out after it.
    static func useErrorMails(in app: App, _ blog: BlogSettings) throws {
        guard app.settings.environment == .production, let admin = blog.admin else { return }
        let mails = try ErrorMails(to: MailAddress(admin))
        app.signals.requestException.connect(from: app) { mails.note($0) }
        try app.afterResponse { mails.send(after: $0) }
    }
}

/// Mails about errors: one a minute for the same error, and no flood of different ones.
private struct ErrorMails {
    private enum Waiting: StorageKey { typealias Value = any Error }

    private static let sameError = RateLimit.perMinute(1)
    private static let allErrors = RateLimit.perHour(60)
    private let receiver: MailAddress
    /// Shared by all workers, so that they do not tell the same story each.
    private let sameErrors: SharedRateCounters
    private let errors: SharedRateCounters

    init(to receiver: MailAddress) throws {
        self.receiver = receiver
        sameErrors = try SharedRateCounters()
        errors = try SharedRateCounters(capacity: 1)
    }

    func note(_ exception: RequestException) { exception.request.storage[Waiting.self] = exception.error }

    func send(after exchange: Exchange) {
        let request = exchange.request
        guard let error = request.storage[Waiting.self], isWorthAMail(error, request) else { return }
        let message = MailMessage(subject: "Application Error", to: [receiver], text: Self.text(error, request))
        do {
            try request.app.mail?.send(message)
        } catch {
            request.app.logger.error(
                "the mail about an error could not be made",
                metadata: ["error": "\(error)", "request_id": "\(request.requestID)"])
        }
    }

    private func isWorthAMail(_ error: any Error, _ request: Request) -> Bool {
        let name = RateKey { "\(type(of: error)) \($0.endpoint ?? "-") \(error)" }
        let anything = RateKey { _ in "any" }
        do {
            try sameErrors.count(name, of: request, limit: Self.sameError)
            try errors.count(anything, of: request, limit: Self.allErrors)
            return true
        } catch {
            // The limit is used up; the log has every error.
            return false
        }
    }

    /// What the log says. An address may hold a token, so the route stands in its place.
    private static func text(_ error: any Error, _ request: Request) -> String {
        """
        \(error)

        Type:       \(type(of: error))
        Request:    \(request.method) \(request.route?.pattern.text ?? request.path)
        Endpoint:   \(request.endpoint ?? "-")
        Request id: \(request.requestID)
        Host:       \(request.host)
        Client:     \(request.remoteAddress)

        The request id leads to more in the logs.
        """
    }
}
