/// A check of a field, and what it says about the element in the page.
///
/// ```swift
/// let username = StringField("Username", validators: [
///     .dataRequired(), .length(1...64),
///     .check { form, field in if field.data == "root" { throw ValidationError("Not this one.") } },
/// ])
/// ```
public struct Validator {
    /// What the element gets: `required`, `maxlength`.
    public let flags: HTMLAttributes
    let check: (Form, Field) throws -> Void

    /// - Parameters:
    ///   - flags: attributes for the element.
    ///   - check: throws `ValidationError` with the message, or `StopValidation` to end the checks of the field.
    public init(flags: HTMLAttributes = [:], _ check: @escaping (Form, Field) throws -> Void) {
        self.flags = flags
        self.check = check
    }

    /// A check of the program. It may ask the database; other errors than `ValidationError` and `StopValidation` end
    /// the request.
    public static func check(_ check: @escaping (Form, Field) throws -> Void) -> Validator { Validator(check) }

    /// A check of the text of the field, with one message.
    static func text(
        _ message: String?, _ usual: String, _ isRight: @escaping (String) -> Bool
    ) -> Validator {
        Validator { _, field in
            guard case .text(let text) = field.data, isRight(text) else {
                throw ValidationError(message ?? field.translate(usual))
            }
        }
    }
}
