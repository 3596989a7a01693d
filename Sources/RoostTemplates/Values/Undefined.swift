/// What a template looked for and did not find.
public final class Undefined {
    enum Subject {
        case name(String)
        case member(String, owner: String)
        case element(String, owner: String)
        case message(String)
        /// An inline `if` without `else`, which even a strict environment prints as nothing.
        case inlineIf
    }

    let subject: Subject
    let behaviour: TemplateOptions.UndefinedBehaviour

    init(_ subject: Subject, _ behaviour: TemplateOptions.UndefinedBehaviour = .lenient) {
        self.subject = subject
        self.behaviour = behaviour
    }

    /// Whether any use is an error.
    var isStrict: Bool { behaviour == .strict && !isLenient }

    /// The error of using the value.
    var error: TemplateError { TemplateError(message, kind: .undefined) }

    /// What the value prints.
    ///
    /// - Throws: the error of using it in a strict environment.
    func text() throws -> String {
        if isStrict { throw error }
        guard behaviour == .debug else { return "" }
        switch subject {
        case .name(let name): return "{{ \(name) }}"
        case .member(let name, let owner): return "{{ no such element: \(owner)['\(name)'] }}"
        case .element(let key, let owner): return "{{ no such element: \(owner)[\(key)] }}"
        case .message(let text): return "{{ undefined value printed: \(text) }}"
        case .inlineIf: return "{{ undefined value printed: \(message) }}"
        }
    }

    var isLenient: Bool {
        if case .inlineIf = subject { return true }
        return false
    }

    /// An undefined variable.
    public convenience init(name: String) {
        self.init(.name(name))
    }

    /// The sentence of the error that using the value raises, in Jinja's words.
    public var message: String {
        switch subject {
        case .name(let name): "'\(name)' is undefined"
        case .member(let name, let owner): "'\(owner)' has no attribute '\(name)'"
        case .element(let key, let owner): "\(owner) has no element \(key)"
        case .message(let text): text
        case .inlineIf: "the inline if-expression evaluated to false and no else section was defined."
        }
    }
}
