public import RoostMarkup

/// A type of the application whose members templates read: `post.author.username`.
///
/// Members are looked up without reflection: write a `switch` over the names.
///
///     extension User: TemplateObject {
///         func member(_ name: String) -> TemplateValue? {
///             switch name {
///             case "username": .string(username)
///             case "id": .int(id)
///             default: nil
///             }
///         }
///     }
public protocol TemplateObject: TemplateConvertible {
    /// The member called `name`, or nil when there is none. A method is a `TemplateValue.function`.
    func member(_ name: String) -> TemplateValue?

    /// The value of `object[key]`; asks `member` when nil.
    func element(_ key: TemplateValue) -> TemplateValue?

    /// What `{{ object }}` prints (escaped like any text); `SafeHTML` values go into `templateHTML`.
    var templateText: String { get }

    /// HTML to print instead of the text, like `__html__` in Python.
    var templateHTML: SafeHTML? { get }

    /// Whether `{% if object %}` takes the branch.
    var templateTruth: Bool { get }

    /// The elements for `{% for %}`, or nil when the object is not a sequence.
    var templateItems: [TemplateValue]? { get }

    /// The name of the type in messages.
    var templateTypeName: String { get }

    /// What `object(…)` does.
    ///
    /// - Throws: an error when the object cannot be called, which is the default.
    func call(_ call: TemplateCall) throws -> TemplateValue
}

extension TemplateObject {
    public func element(_ key: TemplateValue) -> TemplateValue? { nil }
    public var templateText: String { "<\(templateTypeName)>" }
    public var templateHTML: SafeHTML? { nil }
    public var templateTruth: Bool { true }
    public var templateItems: [TemplateValue]? { nil }
    public var templateTypeName: String { String(describing: Self.self) }
    public var templateValue: TemplateValue { .object(self) }

    public func call(_ call: TemplateCall) throws -> TemplateValue {
        throw TemplateError("'\(templateTypeName)' object is not callable")
    }
}
