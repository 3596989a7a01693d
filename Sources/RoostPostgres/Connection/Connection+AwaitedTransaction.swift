import CLibPQ

/// A transaction that begins with the next statement, so that work without statements costs none.
struct AwaitedTransaction {
    let begin: TransactionBegin
    let site: CallSite
}

extension Connection {
    /// Opens a transaction when the next statement comes, for work that has its end elsewhere: a request.
    ///
    /// ``endTransaction(commit:file:line:function:)`` ends it. `transaction { }` inside it is a savepoint.
    ///
    /// - Throws: ``QueryError`` when a transaction is open already.
    public func beginOnDemand(
        isolation: IsolationLevel? = nil, readOnly: Bool = false, file: String = #fileID, line: Int = #line,
        function: String = #function
    ) throws {
        let site = CallSite(file: file, line: line, function: function)
        let begin = TransactionBegin(isolation: isolation, readOnly: readOnly)
        guard !isInTransaction, awaited == nil else {
            throw QueryError(
                code: .invalidParameter, message: "a transaction is open already", statement: begin.text, site: site)
        }
        awaited = AwaitedTransaction(begin: begin, site: site)
    }

    /// Ends the transaction of ``beginOnDemand(isolation:readOnly:file:line:function:)``; nothing when no statement
    /// had come.
    ///
    /// - Parameter commit: false rolls back.
    /// - Throws: ``QueryError`` when it cannot be committed; it is rolled back then.
    public func endTransaction(
        commit commits: Bool, file: String = #fileID, line: Int = #line, function: String = #function
    ) throws {
        let site = CallSite(file: file, line: line, function: function)
        guard awaited == nil, isInTransaction else {
            awaited = nil
            return
        }
        guard commits else {
            try rollBackLeftovers(file: file, line: line, function: function)
            return
        }
        defer {
            depth = 0
            isTransactionLost = false
        }
        do {
            try commit(site)
        } catch {
            rollBackTransaction(site)
            throw error
        }
    }

    func beginAwaited() throws {
        guard let next = awaited else { return }
        awaited = nil
        do {
            try open(next.begin, next.site)
        } catch {
            // The next statement may find the server again; it must not run outside the transaction.
            awaited = next
            throw error
        }
        depth = 1
    }
}
