internal import RoostMarkup

/// What a macro takes, so that a call can be checked before it runs.
struct MacroSignature {
    let name: String
    let parameters: [String]
    let takesCaller: Bool
    let takesMorePositional: Bool
    let takesMoreKeywords: Bool

    init(_ code: MacroCode) {
        name = code.name
        parameters = code.parameters.map(\.name)
        takesCaller = code.callerSlot != nil || parameters.contains("caller")
        takesMorePositional = code.varargsSlot != nil
        takesMoreKeywords = code.kwargsSlot != nil
    }

    /// Why a call with these arguments is an error whenever it runs, or nil.
    func problem(_ use: MacroUse) -> TemplateError? {
        if use.positional > parameters.count, !takesMorePositional {
            return use.error("macro '\(name)' takes not more than \(parameters.count) argument(s)")
        }
        for keyword in use.keywords where !takesMoreKeywords && !parameters.contains(keyword) {
            if keyword == "caller", takesCaller { continue }
            let near = NearestName.of(keyword, among: parameters)
            var error = use.error(
                "macro '\(name)' takes no keyword argument '\(keyword)'."
                    + (near.map { " Did you mean '\($0)'?" } ?? ""))
            error.suggestions = near.map { [$0] } ?? []
            return error
        }
        return nil
    }
}

/// What is known about a name when a template is compiled.
enum Binding {
    case macro(MacroSignature)
    /// `import 'file' as name`
    case module(template: String)
    /// `from 'file' import export as name`
    case imported(template: String, export: String)
    /// Anything else, and names that are set more than once.
    case other
}

/// A call of a macro, or of a name that may turn out to be one.
struct MacroUse {
    let name: String
    /// For `module.name(…)`.
    let member: String?
    let positional: Int
    let keywords: [String]
    let template: String
    let line: Int

    func error(_ message: String) -> TemplateError {
        TemplateError(message, template: template, line: line, kind: .syntax)
    }
}

/// A call whose target another template has.
struct ForeignMacroUse {
    let use: MacroUse
    let binding: Binding
    /// The name that a template further up could set otherwise, for calls in a block.
    let contextName: String?
}

/// A name that `from … import` asks another template for.
struct ImportedName {
    let name: String
    let source: String
    let template: String
    let line: Int
}

/// The blocks of a template and where they stand.
struct BlockPlace {
    let name: String
    let line: Int
    /// Whether the block stands in another one, which is its place then.
    let isNested: Bool
}
