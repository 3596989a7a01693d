import CLibPQ
import Glibc

extension Connection {
    /// Listens on a channel from now on, also on connections opened anew.
    ///
    /// - Parameter channel: 1 to 63 bytes; taken as it is, capital letters included.
    /// - Throws: ``QueryError``; behind a pooler in transaction mode always, since no session stays ours there.
    public func listen(
        to channel: String, file: String = #fileID, line: Int = #line, function: String = #function
    ) throws {
        let sql: SQL = "LISTEN \(identifier: channel)"
        try refuseInSandbox(CallSite(file: file, line: line, function: function))
        if settings.pooler == .transaction {
            throw QueryError(
                code: .invalidParameter,
                message:
                    "LISTEN needs a session of its own; connect directly, not through a pooler in transaction mode",
                statement: sql.text, site: CallSite(file: file, line: line, function: function))
        }
        try execute(sql, file: file, line: line, function: function)
        if !channels.contains(where: { $0.utf8.elementsEqual(channel.utf8) }) { channels.append(channel) }
    }

    /// Stops listening on a channel, or on all when nil.
    public func unlisten(
        from channel: String? = nil, file: String = #fileID, line: Int = #line, function: String = #function
    ) throws {
        let sql: SQL = if let channel { "UNLISTEN \(identifier: channel)" } else { "UNLISTEN *" }
        // Forgotten first: a connection that is opened anew for this statement need not listen.
        channels.removeAll { known in channel.map { known.utf8.elementsEqual($0.utf8) } ?? true }
        try execute(sql, file: file, line: line, function: function)
    }

    /// Sends a message to every session that listens on the channel, when the current transaction commits.
    ///
    /// - Parameters:
    ///   - channel: 1 to 63 bytes.
    ///   - payload: fewer than 8,000 bytes.
    public func notify(
        _ channel: String, payload: String = "", file: String = #fileID, line: Int = #line,
        function: String = #function
    ) throws {
        try execute("SELECT pg_notify(\(channel), \(payload))", file: file, line: line, function: function)
    }

    /// Waits for notifications and returns all that have come; none when the time is over.
    ///
    /// The server delivers between transactions only.
    ///
    /// - Parameter timeout: zero returns at once what is there.
    /// - Throws: ``QueryError`` of code `connectionLost` when the connection broke: messages may have been missed, so
    ///   look at what they would have told. The next call listens again.
    public func notifications(
        timeout: Duration, file: String = #fileID, line: Int = #line, function: String = #function
    ) throws -> [Notification] {
        let site = CallSite(file: file, line: line, function: function)
        try refuseInSandbox(site)
        guard !isInTransaction else {
            throw QueryError(
                code: .invalidParameter, message: "nothing is delivered inside a transaction; end it before waiting",
                statement: "LISTEN", site: site)
        }
        let end = Clock.nanoseconds &+ UInt64(max(0, timeout / .nanoseconds(1)))
        let handle = try connectionForListening(site)
        while true {
            guard PQconsumeInput(handle) == 1 else { throw lostWhileListening(handle, site) }
            collectNotifications(handle)
            let now = Clock.nanoseconds
            if !inbox.isEmpty || now >= end { break }
            wait(PQsocket(handle), nanoseconds: end - now)
        }
        lastUse = Clock.nanoseconds
        defer { inbox.removeAll() }
        return inbox
    }

    /// Notifications are sent by a commit, which never comes there: waiting would be in vain.
    private func refuseInSandbox(_ site: CallSite) throws(QueryError) {
        guard sandbox != nil else { return }
        throw QueryError(
            code: .invalidParameter,
            message: "no notification arrives here: everything runs in a transaction that is rolled back; "
                + "use a database of its own for this", statement: "LISTEN", site: site)
    }

    private func connectionForListening(_ site: CallSite) throws(QueryError) -> OpaquePointer {
        let before = openings
        let ready = try ready(for: "LISTEN", site, now: Clock.nanoseconds)
        guard before == 0 || openings == before || channels.isEmpty else { throw missed("LISTEN", site) }
        return ready
    }

    private func lostWhileListening(_ handle: OpaquePointer, _ site: CallSite) -> QueryError {
        let reason = PQerrorMessage(handle).map { String(cString: $0).onOneLine } ?? ""
        close()
        return missed(reason, site)
    }

    private func missed(_ reason: String, _ site: CallSite) -> QueryError {
        QueryError(
            code: .connectionLost,
            message: "the connection was lost while listening; notifications may have been missed: \(reason)",
            statement: "LISTEN", site: site)
    }

    private func wait(_ socket: Int32, nanoseconds: UInt64) {
        var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        // A signal ends the wait early; the loop looks at the clock.
        poll(&descriptor, 1, Int32(clamping: nanoseconds / 1_000_000 + 1))
    }

    /// Takes what libpq has received beside the answers to statements.
    func collectNotifications(_ handle: OpaquePointer) {
        while let raw = PQnotifies(handle) {
            inbox.append(
                Notification(
                    channel: String(cString: raw.pointee.relname), payload: String(cString: raw.pointee.extra),
                    processID: Int(raw.pointee.be_pid)))
            PQfreemem(raw)
        }
    }

    /// Says LISTEN again on a connection that replaces another.
    func listenAgain(_ handle: OpaquePointer, _ sql: SQL, _ site: CallSite) throws(QueryError) {
        for channel in channels {
            let listen: SQL = "LISTEN \(identifier: channel)"
            PQclear(try checked(PQexec(handle, listen.text), sql, site, handle))
        }
    }
}
