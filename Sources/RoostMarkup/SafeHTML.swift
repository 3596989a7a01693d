/// Text that is HTML already and is not escaped again: the promise that MarkupSafe's `Markup` makes.
public struct SafeHTML: Hashable, Sendable {
    /// The HTML.
    public var text: String

    /// Promises that `text` is safe HTML; nothing is checked.
    public init(trusted text: String) {
        self.text = text
    }

    /// The HTML that shows `text` literally.
    public static func escaping(_ text: String) -> SafeHTML {
        SafeHTML(trusted: HTMLEscape.escaped(text))
    }

    /// Whether there is no text.
    public var isEmpty: Bool { text.isEmpty }

    /// Appends HTML as it is.
    public mutating func append(_ other: SafeHTML) {
        text += other.text
    }

    /// Appends text, escaped.
    public mutating func append(escaping other: String) {
        text += HTMLEscape.escaped(other)
    }

    public static func + (left: SafeHTML, right: SafeHTML) -> SafeHTML {
        SafeHTML(trusted: left.text + right.text)
    }

    /// Text that joins HTML is escaped first.
    public static func + (left: SafeHTML, right: String) -> SafeHTML {
        SafeHTML(trusted: left.text + HTMLEscape.escaped(right))
    }

    /// Text that joins HTML is escaped first.
    public static func + (left: String, right: SafeHTML) -> SafeHTML {
        SafeHTML(trusted: HTMLEscape.escaped(left) + right.text)
    }

    public static func += (left: inout SafeHTML, right: SafeHTML) {
        left.append(right)
    }
}

extension SafeHTML: CustomStringConvertible {
    public var description: String { text }
}

extension SafeHTML: ExpressibleByStringInterpolation {
    /// A literal is written by the programmer and trusted.
    public init(stringLiteral value: String) {
        self.init(trusted: value)
    }

    public init(stringInterpolation: Interpolation) {
        self.init(trusted: stringInterpolation.text)
    }

    /// Literal parts stay as they are; every value between them is escaped, unless it is `SafeHTML`.
    public struct Interpolation: StringInterpolationProtocol {
        var text = ""

        public init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        public mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        public mutating func appendInterpolation(_ html: SafeHTML) {
            text += html.text
        }

        public mutating func appendInterpolation(_ value: String) {
            text += HTMLEscape.escaped(value)
        }

        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            text += HTMLEscape.escaped(value.description)
        }
    }
}
