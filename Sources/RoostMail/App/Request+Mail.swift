public import Roost
public import RoostTemplates

extension Request {
    /// Sends mail on behalf of the request, after its response: the reader does not wait for the mail server.
    public var mail: RequestMail { RequestMail(request: self) }
}

/// The mail of one request.
public struct RequestMail {
    let request: Request

    /// Sends a message once the response is written. When the request ends with an error of the server (500 and above)
    /// it is not sent: what it tells of did not happen.
    /// - Throws: `MailError` when the message cannot be sent as it is, and when the app has no mail.
    public func send(_ message: MailMessage) throws(MailError) {
        guard let mailer = request.app.mail else {
            throw MailError(.invalidMessage, "the app has no mail: call app.useMail(settings) in makeApp()")
        }
        let complete = try mailer.prepare(message)
        request.storage[WaitingMail.self, default: []].append(complete)
    }

    /// Sends a message made of templates: `auth/email/confirm` stands for `auth/email/confirm.txt` and `….html`.
    ///
    /// ```swift
    /// try request.mail.send("Confirm Your Account", to: [user.address], template: "auth/email/confirm",
    ///                       ["user": user, "token": token])
    /// ```
    /// - Parameters:
    ///   - template: the name without its ending; the template for text must exist, the one for HTML may.
    ///   - values: for both templates.
    /// - Throws: `MailError` and `TemplateError`.
    public func send(
        _ subject: String, to recipients: [MailAddress], template: String,
        _ values: KeyValuePairs<String, any TemplateConvertible> = [:]
    ) throws {
        var message = MailMessage(subject: subject, to: recipients)
        message.text = try request.renderHTML(template + ".txt", values).text
        if try request.app.hasTemplate(template + ".html") {
            message.html = try request.renderHTML(template + ".html", values).text
        }
        try send(message)
    }

    /// Sends what waits.
    func deliver(after exchange: Exchange) {
        guard let waiting = request.storage[WaitingMail.self], let mailer = request.app.mail else { return }
        request.storage[WaitingMail.self] = nil
        guard exchange.response.status.code < 500 else {
            request.app.logger.notice(
                "mail not sent: the request failed",
                metadata: ["messages": "\(waiting.count)", "request_id": "\(request.requestID)"])
            return
        }
        let start = Clock.monotonic()
        mailer.deliver(waiting, requestID: request.requestID)
        record(waiting.count, "after the response", since: start)
    }

    /// Tries messages of the spool again, when their time has come.
    func retryWhenDue() {
        guard let mailer = request.app.mail else { return }
        let start = Clock.monotonic()
        guard let result = mailer.retryWhenDue(), result.attempts > 0 else { return }
        record(result.attempts, "tried again after the response", since: start)
    }

    private func record(_ count: Int, _ what: String, since start: Int64) {
        let messages = count == 1 ? "1 message" : "\(count) messages"
        request.trace.record(.mail, "\(messages), \(what)", start: start, duration: Clock.monotonic() - start)
    }
}

private enum WaitingMail: StorageKey {
    typealias Value = [MailMessage]
}

extension Storage {
    /// A value that begins as something.
    fileprivate subscript<Key: StorageKey>(key: Key.Type, default value: @autoclosure () -> Key.Value) -> Key.Value {
        get { self[key] ?? value() }
        set { self[key] = newValue }
    }
}

extension App {
    /// Whether there is a template of a name.
    fileprivate func hasTemplate(_ name: String) throws -> Bool {
        do {
            _ = try templates?.template(named: name)
            return true
        } catch let error as TemplateError where error.kind == .templateNotFound {
            return false
        }
    }
}
