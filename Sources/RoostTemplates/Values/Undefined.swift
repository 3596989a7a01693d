/// What a template looked for and did not find.
public final class Undefined {
    enum Subject {
        case name(String)
        case member(String, owner: String)
        case element(owner: String)
        case message(String)
        /// An inline `if` without `else`, which even a strict environment prints as nothing.
        case inlineIf
    }

    let subject: Subject

    init(_ subject: Subject) {
        self.subject = subject
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
        case .element(let owner): "\(owner) has no such element"
        case .message(let text): text
        case .inlineIf: "the inline if-expression evaluated to false and no else section was defined."
        }
    }
}
