extension RoutePattern {
    /// What a variable of a pattern may be, for those who describe it.
    public struct VariableRule: Sendable {
        public enum Kind: Sendable, Equatable {
            case text(minimum: Int, maximum: Int?)
            case integer(minimum: Int?, maximum: Int?)
            case decimal(minimum: Double?, maximum: Double?)
            case path
            case uuid
            case choice([String])
            /// A converter of the app's own, by its name.
            case custom(String)
        }

        public let name: String
        public let kind: Kind
    }

    /// The variables with what they may be, in order.
    public var variableRules: [VariableRule] {
        variables.map { VariableRule(name: $0.name, kind: Self.kind($0.converter)) }
    }

    /// The pattern with its variables in braces, `/post/{id}`: RFC 6570, as OpenAPI writes paths.
    /// - Parameter name: gives the variable at a place another name.
    public func template(_ name: (Int, String) -> String = { $1 }) -> String {
        var text = ""
        var index = 0
        for piece in pieces {
            switch piece {
            case .text(let bytes): text += String(decoding: bytes, as: UTF8.self)
            case .variable(let own, _):
                text += "{\(name(index, own))}"
                index += 1
            }
        }
        return text
    }

    private static func kind(_ converter: PathConverter) -> VariableRule.Kind {
        switch converter {
        case .string(let minimum, let maximum): .text(minimum: minimum, maximum: maximum == .max ? nil : maximum)
        case .integer(let minimum, let maximum, _, let signed):
            .integer(minimum: minimum ?? (signed ? nil : 0), maximum: maximum)
        case .decimal(let minimum, let maximum, let signed):
            .decimal(minimum: minimum ?? (signed ? nil : 0), maximum: maximum)
        case .path: .path
        case .uuid: .uuid
        case .any(let words): .choice(words)
        case .custom(let name, _, _): .custom(name)
        }
    }
}
