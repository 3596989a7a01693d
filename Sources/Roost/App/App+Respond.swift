import Logging
public import RoostHTTP

extension App {
    /// Answers a request. Never throws: an error becomes a page, and an unhandled one is logged.
    ///
    /// The caller writes `exchange.response` and then calls `exchange.finish`, which runs the teardown hooks.
    public func respond(to http: HTTPRequest) -> Exchange {
        prepare()
        http.limits = limits
        if !trust.isEmpty { http.trust = trust }
        let request = Request(http, app: self)
        currentRequest = request
        requestObserver?.began(request)
        var response: Response
        do {
            response = try dispatch(request)
        } catch {
            response = page(for: error, request)
        }
        response = runAfterHooks(request, response)
        closeSession(request, &response)
        do {
            try signals.requestFinished.send(RequestFinished(request: request, response: response), from: self)
        } catch {
            response = page(for: error, request)
        }
        return Exchange(request: request, response: finished(response, request))
    }

    /// Validation, routing, before hooks, view.
    private func dispatch(_ request: Request) throws -> Response {
        if let settingsFailure { throw settingsFailure }
        try runFirstRequests(request)
        try signals.requestStarted.send(request, from: self)
        try request.http.validate()
        let found = route(request)
        request.trace.phase = .view
        for hook in (request.route?.hooks ?? ownHooks).before {
            if let answer = try hook(request) { return try answer.response(to: request) }
        }
        guard let route = request.route else { return try unrouted(found, request) }
        if let location = try canonicalAddress(route, request) { return .redirect(to: location, status: 308) }
        return try route.view(request)
    }

    private func route(_ request: Request) -> RouteResult {
        let http = request.http
        if table.hasHosts { request.hostBytes = Array(RequestHost.normal(http.host).utf8) }
        let found = http.withPath { table.match($0, method: http.method, host: request.hostBytes) }
        if case .match(let number, let captures) = found {
            request.route = routes[number]
            request.captures = captures
        }
        return found
    }

    /// Where an alias, or an address that spells out default values, leads to.
    private func canonicalAddress(_ route: Route, _ request: Request) throws -> String? {
        guard route.options.isAlias || route.hasShorterTwin else { return nil }
        let values = request.variables.map { ($0.key, $0.value as any URLValue) }
        guard let twin = urls.canonical(route, values, request.method) else { return nil }
        return request.location(try urls.address(twin, values.filter { twin.arguments.contains($0.0) }))
            + request.encodedQuery
    }

    private func unrouted(_ found: RouteResult, _ request: Request) throws -> Response {
        switch found {
        case .redirect(let path):
            let status = request.method.isSafe ? slashRedirectStatus : 308
            return .redirect(to: request.http.prefix + path + request.encodedQuery, status: status)
        case .methodNotAllowed(var allowed):
            allowed.insert(.options)
            let headers: Headers = ["Allow": allowed.names.joined(separator: ", ")]
            if request.method == .options { return Response(headers: headers) }
            throw HTTPError(.methodNotAllowed, headers: headers)
        case .notFound, .match:
            throw HTTPError(.notFound)
        }
    }

    /// After hooks run for error pages too. One that fails makes the response an error page; the others still run.
    private func runAfterHooks(_ request: Request, _ response: Response) -> Response {
        var response = response
        for hook in (request.route?.hooks ?? ownHooks).after {
            do {
                try hook(request, &response)
            } catch {
                response = page(for: error, request)
            }
        }
        return response
    }

    /// What must hold for every response on the wire: no refused header, a length, no body where there may be none.
    private func finished(_ response: Response, _ request: Request) -> Response {
        var response = response
        if let refusal = response.headers.refusal {
            response = page(for: refusal, request)
            if response.headers.refusal != nil { response = ErrorPage.make(HTTPError(.internalServerError), request) }
        }
        if hasAbsoluteRedirects, let location = response.headers["Location"], location.utf8.first == UInt8(ascii: "/"),
            !location.utf8.starts(with: "//".utf8)
        {
            response.headers["Location"] = "\(request.scheme)://\(request.host)\(location)"
        }
        request.trace.phase = .writing
        guard response.status.allowsBody else {
            response.body = .empty
            response.headers.remove("Content-Length")
            if response.status != .notModified { response.headers.remove("Content-Type") }
            return response
        }
        if let size = response.body.size { response.headers.setContentLength(size) }
        if case .chunks(let next) = response.body { response.body = .chunks(logging(next, request)) }
        if request.http.method == .head { response.body = .empty }
        return response
    }

    /// A stream whose status is on its way cannot become an error page: its error is logged, and cuts the connection.
    private func logging(_ next: @escaping () throws -> [UInt8]?, _ request: Request) -> () throws -> [UInt8]? {
        { [unowned self] in
            do {
                return try next()
            } catch {
                if request.error == nil { request.error = error }
                log(error, request, "a streamed response failed")
                throw error
            }
        }
    }

    func tearDown(_ request: Request) {
        for hook in (request.route?.hooks ?? ownHooks).teardown {
            do {
                try hook(request, request.error)
            } catch {
                log(error, request, "a teardown hook failed")
            }
        }
        do {
            try signals.requestTearingDown.send(RequestTearingDown(request: request, error: request.error), from: self)
        } catch {
            log(error, request, "a receiver of request-tearing-down failed")
        }
    }
}
