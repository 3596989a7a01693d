/// Jinja's filters by name.
enum BuiltInFilters {
    static var all: [String: TemplateFilter] {
        text.merging(sequences) { first, _ in first }
    }

    /// The argument at `index` or called `name`, as an integer.
    static func int(_ call: TemplateCall, _ index: Int, _ name: String, _ fallback: Int) throws -> Int {
        guard let value = call.argument(index, name) else { return fallback }
        guard let number = value.intValue else {
            throw TemplateError("argument '\(name)' must be an integer, not '\(value.typeName)'")
        }
        return number
    }

    static func text(_ call: TemplateCall, _ index: Int, _ name: String, _ fallback: String) throws -> String {
        try call.argument(index, name)?.text() ?? fallback
    }

    static func flag(_ call: TemplateCall, _ index: Int, _ name: String, _ fallback: Bool = false) -> Bool {
        call.argument(index, name)?.isTrue ?? fallback
    }

    /// - Throws: `TemplateError` when the filter takes fewer arguments.
    static func expect(_ maximum: Int, _ call: TemplateCall, _ name: String) throws {
        guard call.positional.count <= maximum else {
            throw TemplateError(
                "\(name)() takes at most \(maximum + 1) arguments (\(call.positional.count + 1) given)")
        }
    }
}
