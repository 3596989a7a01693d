/// Ends the request with an error page of a status.
public func abort(_ status: Status, _ reason: String? = nil) throws -> Never {
    throw HTTPError(status, reason)
}

/// Ends the request where a value is missing: `try find(id) ?? abort(404)`.
public func abort<Value>(_ status: Status, _ reason: String? = nil) throws -> Value {
    throw HTTPError(status, reason)
}

/// Ends the request with a response that is ready, from however deep: `try abort(redirect(to: address))`.
///
/// It goes out as it is: no error handler sees it, the after-request hooks do.
public func abort(_ response: Response) throws -> Never {
    throw ThrownResponse(response)
}

/// Ends the request with a response where a value is missing: `try find(id) ?? abort(redirect(to: "/"))`.
public func abort<Value>(_ response: Response) throws -> Value {
    throw ThrownResponse(response)
}

/// A response that ends a request from anywhere, such as a redirect to the login page. It is no error.
///
/// Unchecked: errors must be sendable, a body that is made while it is written is not, and a worker has one thread.
public struct ThrownResponse: Error, @unchecked Sendable {
    public let response: Response

    public init(_ response: Response) { self.response = response }
}
