/// What is wrong with the templates of an application.
public struct TemplateFindings {
    /// What fails whenever it runs, or is a slip of the finger.
    public var errors: [TemplateError] = []
    /// What has no effect, and may be meant so.
    public var warnings: [TemplateError] = []

    /// Makes findings of nothing.
    public init() {}

    /// - Throws: `TemplateErrors` when there are errors.
    public func throwErrors() throws {
        if !errors.isEmpty { throw TemplateErrors(errors) }
    }

    mutating func sort() {
        errors.sort { ($0.template, $0.line) < ($1.template, $1.line) }
        warnings.sort { ($0.template, $0.line) < ($1.template, $1.line) }
    }
}

/// All errors of an application's templates at once.
public struct TemplateErrors: Error, CustomStringConvertible {
    /// The errors by file and line.
    public let errors: [TemplateError]

    init(_ errors: [TemplateError]) { self.errors = errors }

    /// One line for each: `FILE:LINE: error: message`.
    public var description: String { errors.map(\.description).joined(separator: "\n") }
}
