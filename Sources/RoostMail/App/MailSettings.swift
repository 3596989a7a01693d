public import Roost

/// The settings of mail.
public enum MailSettings {
    /// List them among the settings of an application.
    public static let all: [Setting] = [
        Setting("mail.server", .text, "localhost", "SMTP server"),
        Setting("mail.port", .count(1...65_535), nil, "its port; default 587 with STARTTLS, 465 with TLS, else 25"),
        Setting("mail.use_tls", .flag, "false", "begin TLS with STARTTLS; a server without it is refused"),
        Setting("mail.use_ssl", .flag, "false", "TLS from the first byte"),
        Setting("mail.username", .text, nil, "name to log in with; without one there is no login"),
        Setting("mail.password", .text, nil, "password to log in with", secret: true),
        Setting("mail.sender", .text, nil, "usual sender: an address, or NAME <ADDRESS>"),
        Setting("mail.subject_prefix", .text, nil, "stands before every subject, with a blank between"),
        Setting("mail.suppress", .flag, nil, "send nothing, fill the outbox; default: only while testing"),
        Setting("mail.folder", .text, nil, "write each message here as an .eml file in place of sending it"),
        Setting("mail.timeout", .duration, "30s", "longest time for one message; a fifth of it for the connection"),
        Setting("mail.certificates", .text, nil, "file of certificates to trust instead of the system's"),
        Setting("mail.spool", .text, "var/spool/mail", "folder of the messages that wait for another attempt"),
        Setting("mail.spool_limit", .count(0...1_000_000), "1000", "more waiting messages are not kept"),
        Setting("mail.retry_after", .duration, "60s", "pause between looks for messages that are due again; 0 = never"),
    ]
}

extension SMTPSettings {
    /// The server that `mail.*` names.
    /// - Throws: `SettingError` for values that do not fit.
    public init(_ settings: Settings) throws {
        let (startTLS, tls) = (try settings.flag("mail.use_tls"), try settings.flag("mail.use_ssl"))
        if startTLS, tls {
            throw SettingError(
                "mail.use_ssl", "excludes mail.use_tls: choose one of them",
                try settings.value("mail.use_ssl")?.origin ?? .standard)
        }
        let usualPort = tls ? 465 : startTLS ? 587 : 25
        let port = try settings.optionalText("mail.port") == nil ? usualPort : settings.count("mail.port")
        self.init(
            server: try settings.text("mail.server"), port: port, security: tls ? .tls : startTLS ? .startTLS : .none)
        username = try settings.optionalText("mail.username")
        password = try settings.optionalText("mail.password")
        timeout = try settings.duration("mail.timeout")
        connectTimeout = timeout / 5
        certificates = try settings.optionalText("mail.certificates")
    }
}
