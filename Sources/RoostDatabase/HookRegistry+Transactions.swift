public import Roost
public import RoostPostgres

extension HookRegistry {
    /// One transaction for each request: begun by its first statement, committed when the request succeeds.
    ///
    /// It is rolled back when the view or a hook throws, also when an error handler makes a page of it, and when the
    /// response's status is 400 or more. Register it before other hooks that write, so that it commits after them; a
    /// commit that fails makes the response an error page. `transaction { }` in a view is a savepoint then.
    ///
    /// Register it on the app or on a blueprint, after `useDatabase`. Throws `SetupError` once serving has begun.
    public func commitOnSuccess(
        isolation: IsolationLevel? = nil, file: StaticString = #fileID, line: Int = #line
    ) throws {
        let (source, number) = ("\(file)", line)
        try beforeRequest(file: file, line: line) { (request: Request) in
            try request.database.beginOnDemand(
                isolation: isolation, file: source, line: number, function: "commitOnSuccess")
        }
        try afterRequest(file: file, line: line) { request, response in
            let succeeded = request.error == nil && response.status.code < 400
            try request.database.endTransaction(
                commit: succeeded, file: source, line: number, function: "commitOnSuccess")
        }
    }
}
