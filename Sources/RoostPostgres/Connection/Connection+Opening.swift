import CLibPQ
import Glibc

extension Connection {
    /// Makes sure of a connection that was alive a moment ago.
    func ready(for sql: SQL, _ site: CallSite, now: UInt64) throws(QueryError) -> OpaquePointer {
        if isCopying {
            throw QueryError(
                code: .invalidParameter,
                message: "a COPY is running on this connection; collect its rows first, or use another connection",
                statement: sql.text, site: site)
        }
        if sandbox != nil { return try readyInSandbox(for: sql, site, now: now) }
        if depth > 0, isTransactionLost { throw lostTransaction(sql, site) }
        if let handle {
            // Two statements of one request follow within a millisecond; asking the socket each time would be waste.
            if now - lastUse < 1_000_000 || isAlive(handle) { return handle }
            // A dead connection's own status is unknown; the one after the last statement counts.
            let wasInTransaction = depth > 0 || wasLeftOpen
            close()
            if wasInTransaction {
                isTransactionLost = depth > 0
                throw lostTransaction(sql, site)
            }
        }
        return try open(sql, site)
    }

    private func lostTransaction(_ sql: SQL, _ site: CallSite) -> QueryError {
        QueryError(
            code: .connectionLost,
            message: "the connection was lost inside a transaction; the server has rolled the transaction back",
            statement: sql.text, site: site)
    }

    /// Looks at the idle socket: a server that is gone has left a goodbye or an end of file there.
    func isAlive(_ handle: OpaquePointer) -> Bool {
        guard owner == getpid() else { return false }
        for _ in 0..<3 {
            var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
            if poll(&descriptor, 1, 0) <= 0 { break }
            guard PQconsumeInput(handle) == 1, PQisBusy(handle) == 0 else { return false }
            collectNotifications(handle)
        }
        return PQstatus(handle) == CONNECTION_OK
    }

    /// Opens a connection, trying again after pauses that differ between processes, so that a restarted server
    /// does not meet all workers in the same instant.
    private func open(_ sql: SQL, _ site: CallSite) throws(QueryError) -> OpaquePointer {
        let isReopening = owner != 0
        let attempts = Clock.nanoseconds < failFastUntil ? 1 : max(settings.connectAttempts, 1)
        if isReopening, attempts > 1 { pause(milliseconds: 20) }
        var reason = ""
        for attempt in 0..<attempts {
            if attempt > 0 { pause(milliseconds: 60 << attempt) }
            guard let fresh = connect() else { continue }
            if PQstatus(fresh) == CONNECTION_OK {
                adopt(fresh)
                try setSessionParameters(fresh, sql, site)
                try listenAgain(fresh, sql, site)
                didOpen?(self)
                // Whatever was done there, the statement needs a connection that is open.
                guard let handle else { continue }
                return handle
            }
            reason = PQerrorMessage(fresh).map { String(cString: $0).onOneLine } ?? ""
            PQfinish(fresh)
        }
        failFastUntil = Clock.nanoseconds + UInt64.random(in: 500_000_000...1_000_000_000)
        throw QueryError(
            code: .unavailable, message: "no connection to the database: \(reason)", statement: sql.text, site: site)
    }

    private func pause(milliseconds: UInt64) {
        Clock.sleep(nanoseconds: UInt64.random(in: milliseconds * 250_000...milliseconds * 1_000_000))
    }

    private func connect() -> OpaquePointer? {
        let list = settings.keywords
        let keys = list.map { strdup($0.0) } + [nil]
        let values = list.map { strdup($0.1) } + [nil]
        defer { for text in keys + values { free(text) } }
        let constantKeys = keys.map { UnsafePointer($0) }
        let constantValues = values.map { UnsafePointer($0) }
        return PQconnectdbParams(constantKeys, constantValues, 1)
    }

    private func adopt(_ fresh: OpaquePointer) {
        notices.attach(to: fresh)
        handle = fresh
        owner = getpid()
        openings += 1
        cancellation.pointee = PQgetCancel(fresh)
        failFastUntil = 0
        wasLeftOpen = false
        appliedTimeout = nil
        lastUse = Clock.nanoseconds
    }
}
