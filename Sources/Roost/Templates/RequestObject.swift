import RoostTemplates

/// The `request` that templates see: Flask's names.
struct RequestObject: TemplateObject {
    let request: Request

    var templateTypeName: String { "Request" }

    func member(_ name: String) -> TemplateValue? {
        switch name {
        case "path": .string(request.path)
        case "full_path": .string(request.fullPath)
        case "method": .string(request.method.rawValue)
        case "host": .string(request.host)
        case "scheme": .string(request.scheme)
        case "url": .string("\(request.scheme)://\(request.host)\(request.fullPath)")
        case "endpoint": request.endpoint?.templateValue ?? TemplateValue.none
        case "blueprint": request.blueprint?.templateValue ?? TemplateValue.none
        case "referrer": request.http.referer?.templateValue ?? TemplateValue.none
        case "remote_addr": .string(request.remoteAddress)
        case "args": .object(FieldsObject(fields: request.query.map { ($0.name, $0.value) }))
        case "cookies": .object(FieldsObject(fields: request.cookies.map { ($0.name, $0.value) }))
        case "view_args": request.variables.templateValue
        case "request_id": .string(request.requestID)
        default: nil
        }
    }
}

/// `request.args` and `request.cookies`: by name, by index, with `get` and `getlist`.
private struct FieldsObject: TemplateObject {
    let fields: [(name: String, value: String)]

    var templateTypeName: String { "MultiDict" }
    var templateTruth: Bool { !fields.isEmpty }
    var templateItems: [TemplateValue]? { fields.map { .string($0.name) } }

    func member(_ name: String) -> TemplateValue? {
        switch name {
        case "get": .function(TemplateFunction("get") { call in first(call[0]) ?? call[1] ?? TemplateValue.none })
        case "getlist":
            .function(
                TemplateFunction("getlist") { call in
                    let wanted = call[0]?.stringValue
                    return .array(fields.filter { $0.name == wanted }.map { .string($0.value) })
                })
        default: first(.string(name))
        }
    }

    func element(_ key: TemplateValue) -> TemplateValue? { first(key) }

    private func first(_ key: TemplateValue?) -> TemplateValue? {
        guard let name = key?.stringValue else { return nil }
        return fields.first { $0.name == name }.map { .string($0.value) }
    }
}
