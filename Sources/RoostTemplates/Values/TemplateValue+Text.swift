internal import RoostMarkup

extension TemplateValue {
    /// Python's `str(value)`.
    ///
    /// - Throws: `TemplateError` for an undefined value in a strict environment, and for values too large to print.
    public func text() throws -> String { try text(.standard) }

    func text(_ limits: TemplateLimits) throws -> String {
        switch self {
        case .undefined(let undefined): return try undefined.text()
        case .string(let text): return text
        case .safe(let html): return html.text
        case .object(let object): return object.templateHTML?.text ?? object.templateText
        case .native(let native): return try native.text()
        default: return try repr(limits)
        }
    }

    /// Python's `repr(value)`.
    ///
    /// - Throws: `TemplateError` when the text is too long or values nest too deep.
    func repr(_ limits: TemplateLimits = .standard) throws -> String {
        switch self {
        case .list, .tuple, .dict:
            var writer = ReprWriter(limits: limits)
            try writer.write(self)
            return writer.text
        default: return try plainRepr()
        }
    }

    /// The `repr` of a value that is no container.
    func plainRepr() throws -> String {
        switch self {
        case .undefined: return "Undefined"
        case .none: return "None"
        case .bool(let flag): return flag ? "True" : "False"
        case .int(let number): return String(number)
        case .big(let number): return try number.printed()
        case .float(let number): return pythonText(of: number)
        case .string(let text): return pythonQuoted(text)
        case .safe(let html): return "Markup(\(pythonQuoted(html.text)))"
        case .list, .tuple, .dict: return try repr()
        case .function(let function): return BuiltInGlobals.classNames[function.name] ?? "<function \(function.name)>"
        case .object(let object): return object.templateText
        case .native(let native): return try native.repr()
        }
    }
}

/// Python's `repr` of a float: the shortest digits that read back, an exponent from 1e16 and below 1e-4.
func pythonText(of number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    let (negative, digits, exponent) = shortestDigits(of: number)
    let sign = negative ? "-" : ""
    if exponent >= 16 || exponent < -4 {
        let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
        let size = abs(exponent) < 10 ? "0\(abs(exponent))" : "\(abs(exponent))"
        return "\(sign)\(digits.prefix(1))\(fraction)e\(exponent < 0 ? "-" : "+")\(size)"
    }
    if exponent < 0 { return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits }
    if digits.count <= exponent + 1 {
        return sign + digits + String(repeating: "0", count: exponent + 1 - digits.count) + ".0"
    }
    return "\(sign)\(digits.prefix(exponent + 1)).\(digits.dropFirst(exponent + 1))"
}

/// The significant digits and the decimal exponent of the first one.
private func shortestDigits(of number: Double) -> (negative: Bool, digits: String, exponent: Int) {
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    let text = number.description
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    while let byte = rest.popFirst() {
        if byte == UInt8(ascii: ".") {
            point = digits.count
        } else if byte == UInt8(ascii: "e") {
            exponent = Int(String(rest) ?? "") ?? 0
            break
        } else {
            digits.append(byte)
        }
    }
    var first = (point ?? digits.count) - 1 + exponent
    while digits.count > 1, digits.first == UInt8(ascii: "0") {
        digits.removeFirst()
        first -= 1
    }
    while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
    if digits == [UInt8(ascii: "0")] { first = 0 }
    return (text.utf8.first == UInt8(ascii: "-"), String(decoding: digits, as: UTF8.self), first)
}

/// Python's `repr` of a string: single quotes unless only they occur, unprintable characters as escapes.
func pythonQuoted(_ text: String) -> String {
    let quote: Unicode.Scalar = text.utf8.contains(0x27) && !text.utf8.contains(0x22) ? "\"" : "'"
    var result = String.UnicodeScalarView()
    result.append(quote)
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\n": result.append(contentsOf: "\\n".unicodeScalars)
        case "\r": result.append(contentsOf: "\\r".unicodeScalars)
        case "\t": result.append(contentsOf: "\\t".unicodeScalars)
        case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
        case quote: result.append(contentsOf: ["\\", quote])
        default: appendPrintable(scalar, to: &result)
        }
    }
    result.append(quote)
    return String(result)
}

private func appendPrintable(_ scalar: Unicode.Scalar, to result: inout String.UnicodeScalarView) {
    if scalar.isPythonPrintable {
        result.append(scalar)
        return
    }
    let digits = String(scalar.value, radix: 16)
    let (prefix, width) = scalar.value < 0x100 ? ("\\x", 2) : scalar.value < 0x10000 ? ("\\u", 4) : ("\\U", 8)
    result.append(contentsOf: (prefix + String(repeating: "0", count: width - digits.count) + digits).unicodeScalars)
}

extension Unicode.Scalar {
    /// Whether Python's `repr` shows the character itself.
    var isPythonPrintable: Bool {
        if isASCII { return (0x20..<0x7F).contains(value) }
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            return false
        default: return true
        }
    }
}
