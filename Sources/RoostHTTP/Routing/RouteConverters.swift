import RoostMarkup

/// The converters that patterns may name: the built-in ones and the app's own.
public struct RouteConverters {
    private var custom: [String: PathConverter] = [:]

    public init() {}

    /// Lets patterns say `<name:variable>` for a type of the app.
    public mutating func add<Value: PathVariable>(_ name: String, _ type: Value.Type) {
        custom[name] = .custom(name: name, kind: Value.pathKind) { Value(pathText: $0)?.pathText }
    }

    func converter(_ name: String, _ arguments: ConverterArguments) throws(PatternError) -> PathConverter {
        let converter = try make(name, arguments)
        try arguments.refuseUnread(by: name)
        return converter
    }

    private func make(_ name: String, _ arguments: ConverterArguments) throws(PatternError) -> PathConverter {
        switch name {
        case "string", "default":
            let length: Int? = try arguments.number("length")
            let minimum: Int? = try arguments.number("minlength")
            let maximum: Int? = try arguments.number("maxlength")
            return .string(minimum: length ?? minimum ?? 1, maximum: length ?? maximum ?? .max)
        case "int":
            return .integer(
                minimum: try arguments.number("min"), maximum: try arguments.number("max"),
                digits: try arguments.number("fixed_digits") ?? 0, signed: try arguments.flag("signed"))
        case "float":
            return .decimal(
                minimum: try arguments.number("min"), maximum: try arguments.number("max"),
                signed: try arguments.flag("signed"))
        case "path": return .path
        case "uuid": return .uuid
        case "any": return .any(arguments.words())
        default:
            if let converter = custom[name] { return converter }
            let known = ["string", "int", "float", "path", "uuid", "any"] + custom.keys
            throw PatternError("there is no converter \"\(name)\"\(NearestName.hint(name, among: known))")
        }
    }
}

/// The arguments between the parentheses of `int(min=1,max=9)`.
final class ConverterArguments {
    private var named: [String: String] = [:]
    private var positional: [String] = []

    init(_ text: Substring?) {
        for piece in (text ?? "").split(separator: ",") {
            let sides = piece.split(separator: "=", maxSplits: 1).map { Self.clean($0) }
            if sides.count == 2 { named[sides[0]] = sides[1] } else { positional += sides }
        }
    }

    func number<Number: LosslessStringConvertible>(_ name: String) throws(PatternError) -> Number? {
        guard let text = named.removeValue(forKey: name) else { return nil }
        guard let number = Number(text) else { throw PatternError("\(name)=\(text) is not a number") }
        return number
    }

    func flag(_ name: String) throws(PatternError) -> Bool {
        switch named.removeValue(forKey: name) {
        case nil, "False", "false": false
        case "True", "true": true
        case .some(let text): throw PatternError("\(name)=\(text) is neither True nor False")
        }
    }

    func words() -> [String] {
        defer { positional = [] }
        return positional
    }

    func refuseUnread(by converter: String) throws(PatternError) {
        guard let extra = named.keys.sorted().first ?? positional.first else { return }
        throw PatternError("the converter \"\(converter)\" has no argument \(extra)")
    }

    private static func clean(_ text: Substring) -> String {
        String(decoding: text.utf8.trimmed().filter { $0 != ASCII.quote && $0 != UInt8(ascii: "'") }, as: UTF8.self)
    }
}
