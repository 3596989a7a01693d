public import RoostForms
internal import RoostHTTP

extension Form {
    /// Makes a form and fills it with what the request carries.
    ///
    /// ```swift
    /// try auth.route("/login", methods: [.get, .post]) { request in
    ///     let form = try LoginForm(request)
    ///     if try form.validateOnSubmit() { return try logIn(form.email.value, request) }
    ///     return try request.render("auth/login.html", ["form": form])
    /// }
    /// ```
    /// - Parameters:
    ///   - values: values by the names of the fields, shown unless the client sent others.
    ///   - prefix: what stands before the names, so that a page can hold several forms.
    /// - Throws: what reading the body throws: 400, 413 or 431.
    public convenience init(_ request: Request, values: [String: FieldValue] = [:], prefix: String = "") throws {
        self.init()
        if !prefix.isEmpty { bind(prefix: prefix) }
        try read(request, values: values)
    }

    /// Fills the form with what the request carries: for forms that are made with something of their own, a database.
    @discardableResult
    public func read(_ request: Request, values: [String: FieldValue] = [:]) throws -> Self {
        try fill(request, values)
        return self
    }

    func fill(_ request: Request, _ values: [String: FieldValue]) throws {
        let input = try request.formInput()
        if isProtected, let protection = try request.formProtection() {
            try process(input, values: values, protection: protection)
        } else {
            process(input, values: values)
        }
        // An empty form was sent too: its boxes are unticked, its required fields missing.
        isSubmitted = request.isFormSubmission
    }
}

extension ModelForm {
    /// Fills the form from a model and from what the request carries.
    @discardableResult
    public func read(_ request: Request, showing model: Model) throws -> Self {
        try read(request, values: values(of: model))
    }
}

extension Request {
    /// Whether the method is one that sends forms.
    var isFormSubmission: Bool {
        method == .post || method == .put || method == .patch || method == .delete
    }

    /// The fields and files of the body, or the members of a JSON object; nil when the method sends no form or nothing
    /// was sent.
    func formInput() throws -> FormInput? {
        guard isFormSubmission else { return nil }
        var input = FormInput(try form)
        for file in try files { input.append(file.name, file: file) }
        if input.isEmpty, isJSON { append(try json(), to: &input) }
        return input.isEmpty ? nil : input
    }

    /// Texts, numbers and truths of an object; a list is several values.
    private func append(_ json: JSONValue, to input: inout FormInput) {
        for (name, value) in json.object ?? JSONObject() {
            for item in value.array ?? [value] {
                if let text = Self.text(item) { input.append(name, text) }
            }
        }
    }

    private static func text(_ json: JSONValue) -> String? {
        switch json {
        case .string(let text): text
        case .int(let number): number.description
        case .double(let number): number.description
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}
