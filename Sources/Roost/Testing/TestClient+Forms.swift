/// Why a test's form could not be sent.
public struct PageFormError: Error, CustomStringConvertible {
    public let description: String
}

extension TestResponse {
    /// The forms of the page, with what a browser would send.
    public var forms: [PageForm] { PageForm.all(in: bytes) }

    /// A form by its id or name; without one, the page's only form, or its first one that posts.
    public func form(_ name: String? = nil) throws -> PageForm {
        let forms = forms
        let found =
            name.map { name in forms.first { $0.id == name || $0.name == name } }
            ?? (forms.count == 1 ? forms[0] : forms.first { $0.method == .post } ?? forms.first)
        guard let found else {
            let known = forms.compactMap { $0.id ?? $0.name }.joined(separator: ", ")
            throw PageFormError(
                description: "the page has no form\(name.map { " \"\($0)\"" } ?? "")"
                    + (known.isEmpty ? "" : "; it has \(known)"))
        }
        return found
    }
}

extension TestClient {
    /// Opens a page, fills in a form of it and sends it, hidden fields and CSRF token included.
    ///
    /// ```swift
    /// let page = try client.withForm("/auth/login", followRedirects: true) { form in
    ///     form["email"] = "john@example.com"
    ///     form["password"] = "cat"
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - target: the page
    ///   - name: the form's id or name, when the page has several
    ///   - fill: sets fields, files and the button pressed
    /// - Throws: `PageFormError` when the page has no such form, and what `fill` throws
    @discardableResult
    public func withForm(
        _ target: String, named name: String? = nil, headers: [String: String] = [:], followRedirects: Bool = false,
        _ fill: (inout PageForm) throws -> Void
    ) throws -> TestResponse {
        let page = get(target, headers: headers, followRedirects: followRedirects)
        guard page.status == .ok else {
            throw PageFormError(description: "the page \(target) answered \(page.status)")
        }
        var form = try page.form(name)
        try fill(&form)
        return try submit(form, from: target, headers: headers, followRedirects: followRedirects)
    }

    /// Sends a form that was found in a page.
    /// - Parameter page: the page's address, for a form without one of its own
    @discardableResult
    public func submit(
        _ form: PageForm, from page: String, headers: [String: String] = [:], followRedirects: Bool = false
    ) throws -> TestResponse {
        var headers = headers
        // Over HTTPS the CSRF protection also asks where a form came from.
        headers["Referer"] = headers["Referer"] ?? "\(scheme)://\(host)\(page)"
        let target = form.action.isEmpty ? page : local(form.action)
        if form.method == .get {
            let path = target.prefix { $0 != "?" }
            return get("\(path)?\(Self.encoded(form.fields))", headers: headers, followRedirects: followRedirects)
        }
        if form.isMultipart || !form.files.isEmpty {
            return try post(
                target, fields: form.fields, files: form.files, headers: headers, followRedirects: followRedirects)
        }
        return send(
            form.method, target, body: Array(Self.encoded(form.fields).utf8), type: "application/x-www-form-urlencoded",
            headers: headers, followRedirects: followRedirects)
    }

    /// Sends a multipart form with files.
    ///
    /// ```swift
    /// let photo = UploadedFile(name: "photo", filename: "cat.png", bytes: png)
    /// try client.post("/upload", form: ["title": "Cat"], files: [photo])
    /// ```
    @discardableResult
    public func post(
        _ target: String, form: KeyValuePairs<String, String> = [:], files: [UploadedFile],
        headers: [String: String] = [:], followRedirects: Bool = false
    ) throws -> TestResponse {
        try post(
            target, fields: form.map { ($0.key, $0.value) }, files: files, headers: headers,
            followRedirects: followRedirects)
    }

    /// Sends any `Encodable` as JSON. Throws what its `encode(to:)` throws.
    @discardableResult
    public func send(
        _ method: HTTPMethod = .post, _ target: String, encoding value: some Encodable, headers: [String: String] = [:]
    ) throws -> TestResponse {
        var writer = JSONWriter()
        try writer.encode(value)
        return send(method, target, body: writer.bytes, type: "application/json", headers: headers)
    }

    private func post(
        _ target: String, fields: [(name: String, value: String)], files: [UploadedFile], headers: [String: String],
        followRedirects: Bool
    ) throws -> TestResponse {
        let body = try MultipartBody(fields: fields, files: files)
        return send(
            .post, target, body: body.bytes, type: body.contentType, headers: headers, followRedirects: followRedirects)
    }

    /// Fields as urlencoded text.
    static func encoded(_ fields: [(name: String, value: String)]) -> String {
        var bytes: [UInt8] = []
        for (name, value) in fields {
            if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
            PercentCoding.appendQuery(name, to: &bytes)
            bytes.append(UInt8(ascii: "="))
            PercentCoding.appendQuery(value, to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Signal {
    /// What is sent while something runs: templates rendered, messages flashed, mails.
    ///
    /// ```swift
    /// let pages = app.signals.templateRendered.captured { _ = client.get("/") }
    /// #expect(pages.map(\.template) == ["index.html"])
    /// ```
    public func captured(from sender: AnyObject? = nil, during body: () throws -> Void) rethrows -> [Payload] {
        var payloads: [Payload] = []
        let connection = connect(from: sender) { payloads.append($0) }
        defer { connection.disconnect() }
        try body()
        return payloads
    }
}
