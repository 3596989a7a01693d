import RoostHTTP

extension App {
    /// Does a piece of work as if a request were being answered: `urlFor`, templates, the session and
    /// `request.database` work as in a view. No route is looked for and no hook runs, neither before nor after it.
    ///
    /// For commands and tests; Flask's `test_request_context`. A request that is being answered meanwhile is the
    /// current one again afterwards.
    /// - Parameter target: path and query as they go over the wire.
    public func withRequest<Value>(_ target: String = "/", _ body: (Request) throws -> Value) rethrows -> Value {
        prepare()
        let client = testClient()
        if let serverName { client.host = serverName }
        let request = Request(client.request(.get, target), app: self)
        let outer = currentRequest
        currentRequest = request
        defer { currentRequest = outer }
        return try body(request)
    }
}
