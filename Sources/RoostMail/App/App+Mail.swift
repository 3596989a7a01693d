public import Roost

extension App {
    /// Gives the app mail by the settings `mail.*`, as `request.mail`. Nothing is connected before a message is sent.
    /// - Throws: `SettingError` for values that do not fit.
    public func useMail(_ settings: Settings) throws {
        let isSet = try settings.optionalText("mail.suppress") != nil
        let suppressed = try isSet ? settings.flag("mail.suppress") : settings.environment == .testing
        let transport = suppressed ? nil : try Self.mailTransport(settings)
        let spool = MailSpool(
            folder: try settings.text("mail.spool"), limit: try settings.count("mail.spool_limit"))
        let mailer = Mailer(transport: transport, spool: spool, logger: logger)
        mailer.retryAfter = try settings.duration("mail.retry_after")
        mailer.subjectPrefix = try settings.optionalText("mail.subject_prefix")
        if let text = try settings.optionalText("mail.sender") {
            let sender = MailAddress(parsing: text)
            do { try sender.check(as: "mail.sender") } catch {
                throw SettingError(
                    "mail.sender", error.description, try settings.value("mail.sender")?.origin ?? .standard)
            }
            mailer.sender = sender
        }
        try useMail(mailer)
    }

    private static func mailTransport(_ settings: Settings) throws -> any MailTransport {
        if let folder = try settings.optionalText("mail.folder") { return FolderTransport(folder: folder) }
        return SMTPTransport(try SMTPSettings(settings))
    }

    /// Gives the app a mailer of its own making.
    public func useMail(_ mailer: Mailer) throws {
        extensions[MailerKey.self] = mailer
        try afterResponse { exchange in
            let mail = RequestMail(request: exchange.request)
            mail.deliver(after: exchange)
            mail.retryWhenDue()
        }
    }

    /// The app's mail; nil before `useMail`.
    public var mail: Mailer? { extensions[MailerKey.self] }
}

private enum MailerKey: StorageKey {
    typealias Value = Mailer
}
