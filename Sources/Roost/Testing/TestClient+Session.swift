extension TestClient {
    /// Opens the client's session, to look at it or to change it, and keeps it as the app would.
    ///
    ///     try client.session { $0["cart"] = ["pens": 3] }
    ///
    /// - Returns: what `body` returns
    /// - Throws: what `body` throws, or why the session cannot be kept
    @discardableResult
    public func session<Result>(_ body: (Session) throws -> Result) throws -> Result {
        try insideRequest { try body($0.session) }
    }

    /// Logs a user in without the app's login page.
    public func logIn(_ user: any LoginUser, remember: Bool = false) throws {
        _ = try insideRequest { $0.logIn(user, remember: remember, force: true) }
    }

    /// A CSRF token that holds for this client's session.
    public func csrfToken() throws -> String { try insideRequest { try $0.csrfToken() } }

    /// Sends a form with a CSRF token in it, as the app's own pages do.
    public func submit(
        _ target: String, form: KeyValuePairs<String, String> = [:], headers: [String: String] = [:],
        followRedirects: Bool = false
    ) throws -> TestResponse {
        var bytes: [UInt8] = []
        let token = (try app.csrfProtection().settings.fieldName, try csrfToken())
        for (name, value) in [token] + form.map({ ($0.key, $0.value) }) {
            if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
            PercentCoding.appendQuery(name, to: &bytes)
            bytes.append(UInt8(ascii: "="))
            PercentCoding.appendQuery(value, to: &bytes)
        }
        var headers = headers
        // Over HTTPS the protection also asks where the form came from.
        if scheme == "https", headers["Referer"] == nil { headers["Referer"] = "https://\(host)/" }
        return send(
            .post, target, body: bytes, type: "application/x-www-form-urlencoded", headers: headers,
            followRedirects: followRedirects)
    }

    /// Runs something in a request of this client that goes to no view, and keeps the cookies that come of it.
    private func insideRequest<Result>(_ body: (Request) throws -> Result) throws -> Result {
        app.prepare()
        // The path of the cookie: the browser sends it there.
        let request = Request(self.request(.get, try app.sessionInterface().settings.cookie.path), app: app)
        let result = try body(request)
        var response = Response()
        if let manager = app.login { try RememberStep.run(manager, request, &response) }
        try app.saveSession(request, &response)
        keepCookies(response.headers)
        return result
    }
}
