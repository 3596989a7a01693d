/// Jinja's filters by name.
enum BuiltInFilters {
    static var all: [String: TemplateFilter] {
        [text, numbers, sequences, shaping, markup, layout].reduce(into: [:]) { all, part in
            all.merge(part) { first, _ in first }
        }
    }

    /// The parameters behind the value; a question mark means that there is a default.
    static let signatures: [String: CallSignature] = [
        "attr": "name", "batch": "linecount fill_with?", "center": "width?", "d": "default_value? boolean?",
        "default": "default_value? boolean?", "dictsort": "case_sensitive? by? reverse?",
        "filesizeformat": "binary?", "float": "default?", "format": "*",
        "groupby": "attribute default? case_sensitive?", "indent": "width? first? blank?",
        "int": "default? base?", "join": "d? attribute?", "map": "*", "max": "case_sensitive? attribute?",
        "min": "case_sensitive? attribute?", "reject": "*", "rejectattr": "*", "replace": "old new count?",
        "round": "precision? method?", "select": "*", "selectattr": "*", "slice": "slices fill_with?",
        "sort": "reverse? case_sensitive? attribute?", "sum": "attribute? start?", "tojson": "indent?",
        "trim": "chars?", "truncate": "length? killwords? end? leeway?", "unique": "case_sensitive? attribute?",
        "urlize": "trim_url_limit? nofollow? target? rel? extra_schemes?",
        "wordwrap": "width? break_long_words? wrapstring? break_on_hyphens?", "xmlattr": "autospace?",
        "abs": "", "capitalize": "", "count": "", "e": "", "escape": "", "first": "", "forceescape": "",
        "items": "", "last": "", "length": "", "list": "", "lower": "", "pprint": "", "random": "",
        "reverse": "", "safe": "", "string": "", "striptags": "", "title": "", "upper": "", "urlencode": "",
        "wordcount": "",
    ].mapValues { CallSignature($0.split(separator: " ").map(String.init)) }

    /// The argument at `index` or called `name`, as an integer. It is kept away from the ends of `Int`, so that sums with
    /// lengths and positions cannot overflow.
    static func int(_ call: TemplateCall, _ index: Int, _ name: String, _ fallback: Int) throws -> Int {
        guard let value = call.argument(index, name) else { return fallback }
        guard let number = value.intValue else {
            throw TemplateError("argument '\(name)' must be an integer, not '\(value.typeName)'")
        }
        return number.clampedForSums
    }

    static func text(_ call: TemplateCall, _ index: Int, _ name: String, _ fallback: String) throws -> String {
        try call.argument(index, name)?.text() ?? fallback
    }

    static func flag(_ call: TemplateCall, _ index: Int, _ name: String, _ fallback: Bool = false) -> Bool {
        call.argument(index, name)?.isTrue ?? fallback
    }

    /// The argument, unless it is missing or `None`.
    static func optional(_ call: TemplateCall, _ index: Int, _ name: String) -> TemplateValue? {
        call.argument(index, name).flatMap { $0.isNone ? nil : $0 }
    }
}
