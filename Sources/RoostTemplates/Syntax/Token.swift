/// One token of a template.
struct Token {
    enum Kind: Equatable {
        case data
        case variableBegin
        case variableEnd
        case blockBegin
        case blockEnd
        case name
        case string
        case integer
        case float
        case symbol(Symbol)
        case end
    }

    enum Symbol: String {
        case add = "+"
        case assign = "="
        case colon = ":"
        case comma = ","
        case divide = "/"
        case dot = "."
        case equal = "=="
        case floorDivide = "//"
        case greaterOrEqual = ">="
        case greater = ">"
        case leftBrace = "{"
        case leftBracket = "["
        case leftParenthesis = "("
        case lessOrEqual = "<="
        case less = "<"
        case modulo = "%"
        case multiply = "*"
        case notEqual = "!="
        case pipe = "|"
        case power = "**"
        case rightBrace = "}"
        case rightBracket = "]"
        case rightParenthesis = ")"
        case semicolon = ";"
        case subtract = "-"
        case tilde = "~"
    }

    let kind: Kind
    /// The text: of data and strings already processed.
    let text: String
    let line: Int
    /// The number of its first character in the line, from 1; 0 at the end of the template.
    let column: Int

    /// How messages name the token.
    var shown: String {
        switch kind {
        case .data: "template data / text"
        case .variableBegin: "begin of print statement"
        case .variableEnd: "end of print statement"
        case .blockBegin: "begin of statement block"
        case .blockEnd: "end of statement block"
        case .name, .integer, .float: text
        case .string: "string"
        case .symbol(let symbol): symbol.rawValue
        case .end: "end of template"
        }
    }

    func isName(_ name: String) -> Bool { kind == .name && text == name }
}
