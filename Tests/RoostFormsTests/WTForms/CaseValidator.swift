import RoostForms
import RoostHTTP

/// Validators as `expected.json` names them: `["length", {"min": 1, "max": 64}]`.
enum CaseValidator {
    static func make(_ json: JSONValue) throws -> Validator {
        let name = json[0]?.string ?? ""
        let arguments = json[1] ?? [:]
        let message = arguments["message"]?.string
        switch name {
        case "data_required": return .dataRequired(message)
        case "input_required": return .inputRequired(message)
        case "optional": return .optional(stripsWhitespace: arguments["strip_whitespace"]?.bool ?? true)
        case "readonly": return .readOnly()
        case "disabled": return .disabled()
        case "length": return length(arguments["min"]?.int, arguments["max"]?.int, message)
        case "number_range":
            return .numberRange(
                minimum: arguments["min"].map(value), maximum: arguments["max"].map(value), message)
        case "date_range":
            return .dateRange(minimum: arguments["min"].map(value), maximum: arguments["max"].map(value), message)
        case "email": return .email(message)
        case "mac_address": return .macAddress(message)
        case "uuid": return .uuid(message)
        case "equal_to": return .equalTo(arguments["fieldname"]?.string ?? "", message)
        case "any_of": return .anyOf((arguments["values"]?.array ?? []).map(value), message)
        case "none_of": return .noneOf((arguments["values"]?.array ?? []).map(value), message)
        case "ip_address":
            return .ipAddress(v4: arguments["ipv4"]?.bool ?? true, v6: arguments["ipv6"]?.bool ?? false, message)
        case "url":
            return .url(
                message, requiresTLD: arguments["require_tld"]?.bool ?? true,
                allowsIP: arguments["allow_ip"]?.bool ?? true,
                allowsUserInfo: arguments["allow_userinfo"]?.bool ?? false,
                schemes: arguments["schemes"]?.isNull == true ? nil : ["http", "https"])
        case "regexp": return try regexp(arguments, message)
        default: throw FormError("no such validator: \(name)")
        }
    }

    private static func length(_ minimum: Int?, _ maximum: Int?, _ message: String?) -> Validator {
        switch (minimum, maximum) {
        case (let minimum?, let maximum?): .length(minimum...maximum, message)
        case (let minimum?, nil): .length(minimum..., message)
        default: .length(...(maximum ?? 0), message)
        }
    }

    private static func regexp(_ arguments: JSONValue, _ message: String?) throws -> Validator {
        let text = arguments["regex"]?.string ?? ""
        let pattern = try Pattern(text, ignoringCase: arguments["ignore_case"]?.bool ?? false)
        let anchor: Pattern.Anchor =
            arguments["anywhere"] != nil ? .anywhere : arguments["whole"] != nil ? .whole : .start
        return .regexp(pattern, message, anchor: anchor, htmlPattern: arguments["html_pattern"] == nil ? nil : text)
    }

    /// A value of Python as the file writes it.
    static func value(_ json: JSONValue) -> FieldValue {
        switch json {
        case .null: .none
        case .bool(let flag): .bool(flag)
        case .int(let number): .integer(number)
        case .double(let number): .float(number)
        case .string(let text): .text(text)
        case .array(let items): .list(items.map(value))
        case .object:
            if let number = json["decimal"]?.string.flatMap({ DecimalNumber($0) }) {
                .decimal(number)
            } else {
                moment(json["moment"]?.string ?? "")
            }
        }
    }

    private static func moment(_ text: String) -> FieldValue {
        if let moment = DateFormat("%Y-%m-%d %H:%M:%S").read(text) { return .dateTime(moment) }
        if let moment = DateFormat("%Y-%m-%d").read(text) { return .date(moment.date) }
        return DateFormat("%H:%M").read(text).map { .time($0.time) } ?? .none
    }
}
