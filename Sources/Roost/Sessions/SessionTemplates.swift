internal import RoostMarkup
public import RoostSigning
public import RoostTemplates

extension App {
    /// The names that Flask and its extensions give to templates: `session`, `get_flashed_messages`, `csrf_token`,
    /// `current_user`, `csp_nonce`. They are looked up in the request when a template asks, so pages that do not ask stay
    /// the same for everybody.
    func addRequestGlobals(to environment: TemplateEnvironment) {
        environment.global("session", SessionTemplateObject(app: self))
        environment.global("get_flashed_messages") { [unowned self] call in try flashedMessages(call) }
        environment.global("csrf_token") { [unowned self] _ in .string(try requestOfTemplate("csrf_token").csrfToken())
        }
        environment.global("csp_nonce") { [unowned self] _ in .string(try requestOfTemplate("csp_nonce").cspNonce) }
        environment.global("current_user", CurrentUserObject(app: self))
    }

    /// `get_flashed_messages(with_categories=False, category_filter=[])`
    private func flashedMessages(_ call: TemplateCall) throws -> TemplateValue {
        var filter: [String] = []
        switch call.argument(1, "category_filter") {
        case .list(let list)?, .tuple(let list)?: filter = list.items.compactMap(\.stringValue)
        default: break
        }
        var withCategories = false
        if case .bool(true)? = call.argument(0, "with_categories") { withCategories = true }
        let messages = try requestOfTemplate("get_flashed_messages").flashedMessages(filter: filter)
        guard withCategories else { return messages.templateValue }
        return .array(messages.map { .tuple(of: .string($0.category), $0.templateValue) })
    }

    private func requestOfTemplate(_ name: String) throws -> Request {
        guard let request = currentRequest else {
            throw TemplateError("\(name) works in templates that answer a request, and there is none")
        }
        return request
    }
}

/// The `session` of templates: looked at only when a template does.
private struct SessionTemplateObject: TemplateObject {
    unowned let app: App

    private var session: Session? { app.currentRequest?.session }

    var templateTypeName: String { "Session" }
    var templateTruth: Bool { session?.isEmpty == false }
    var templateItems: [TemplateValue]? { session?.keys.map { .string($0) } ?? [] }

    func member(_ name: String) -> TemplateValue? {
        switch name {
        case "get":
            .function(
                TemplateFunction("get") { call in element(call[0] ?? .none) ?? call[1] ?? TemplateValue.none })
        case "permanent": .bool(session?.isPermanent ?? false)
        case "new": .bool(session?.isNew ?? true)
        case "modified": .bool(session?.isModified ?? false)
        default: element(.string(name))
        }
    }

    func element(_ key: TemplateValue) -> TemplateValue? {
        guard let name = key.stringValue else { return nil }
        return session?[name]?.templateValue
    }
}

extension SessionValue: TemplateConvertible {
    /// Python's types where templates have them; UUIDs and dates are text.
    public var templateValue: TemplateValue {
        switch self {
        case .null: .none
        case .bool(let flag): .bool(flag)
        case .integer(let number): .int(number)
        case .number(let number): .float(number)
        case .text(let text), .bigInteger(let text): .string(text)
        case .array(let items): .array(items.map(\.templateValue))
        case .tuple(let items): .tuple(TemplateList(items.map(\.templateValue)))
        case .object(let object): Self.dictionary(object)
        case .bytes(let bytes): .array(bytes.map { .int(Int($0)) })
        case .markup(let html): .safe(SafeHTML(trusted: html))
        case .uuid(let uuid): .string(uuid.description)
        case .date(let seconds): .string(HTTPDate.text(seconds))
        }
    }

    private static func dictionary(_ object: SessionObject) -> TemplateValue {
        let dictionary = TemplateDictionary()
        for (key, value) in object { dictionary[key] = value.templateValue }
        return .dict(dictionary)
    }
}
