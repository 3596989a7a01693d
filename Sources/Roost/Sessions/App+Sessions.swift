private enum InterfaceKey: StorageKey { typealias Value = any SessionInterface }
private enum SessionKey: StorageKey { typealias Value = Session }

extension App {
    /// Keeps sessions as the settings say. Without a call the app does so by itself, from the settings it was made with.
    public func useSessions(_ settings: SessionSettings) {
        requireSecretKey(for: "sessions")
        useSessions(CookieSessions(settings, secrets: secrets))
    }

    /// Keeps sessions somewhere else: in the database, or in a place of the app's own.
    public func useSessions(_ interface: any SessionInterface) { extensions[InterfaceKey.self] = interface }

    /// Where sessions are kept.
    /// - Throws: `SettingError` when the settings do not fit.
    func sessionInterface() throws -> any SessionInterface {
        if let interface = extensions[InterfaceKey.self] { return interface }
        let interface = CookieSessions(try SessionSettings(settings), secrets: secrets)
        extensions[InterfaceKey.self] = interface
        return interface
    }

    /// Opens the session of a request; what goes wrong shows when the request ends.
    fileprivate func openSession(_ request: Request) -> Session {
        do {
            return try sessionInterface().open(request)
        } catch {
            log(error, request, "the session could not be opened")
            return Session(refusal: error)
        }
    }

    /// Saves the session after all after-request hooks. One that cannot be saved makes the response an error page.
    func closeSession(_ request: Request, _ response: inout Response) {
        do {
            try saveSession(request, &response)
        } catch {
            response = page(for: error, request)
        }
    }

    func saveSession(_ request: Request, _ response: inout Response) throws {
        let opened = request.storage[SessionKey.self]
        // Most requests neither ask for the session nor bring a cookie: nothing may cost them anything.
        guard opened != nil || request.http.variables.contains("HTTP_COOKIE") else { return }
        let interface = try sessionInterface()
        guard let session = opened ?? untouched(request, interface) else { return }
        if let refusal = session.refusal {
            let isWanted = refusal is NoSecretKey ? session.isModified : session.isAccessed
            if isWanted { throw refusal }
        }
        if session.isAccessed { response.vary(on: "Cookie") }
        try interface.save(session, of: request, in: &response)
    }

    /// A permanent session's cookie is set anew even when nobody looked at it: then it must be opened.
    private func untouched(_ request: Request, _ interface: any SessionInterface) -> Session? {
        guard interface.settings.refreshesEachRequest, request.cookies[interface.settings.cookie.name] != nil else {
            return nil
        }
        return openSession(request)
    }
}

extension Request {
    /// What the app remembers of this browser. Opened when it is first asked for.
    public var session: Session {
        if let session = storage[SessionKey.self] { return session }
        let session = app.openSession(self)
        storage[SessionKey.self] = session
        return session
    }
}
