internal import Glibc
internal import RoostMarkup

enum BinaryOperator: String {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case floorDivide = "//"
    case modulo = "%"
    case power = "**"
}

extension TemplateValue {
    /// Python's binary operators.
    ///
    /// - Throws: `TemplateError` for types that do not fit, for a division by zero.
    func applying(
        _ operation: BinaryOperator, _ other: TemplateValue, _ limits: TemplateLimits = .standard
    ) throws -> TemplateValue {
        if case .undefined(let undefined) = self { throw undefined.error }
        if case .undefined(let undefined) = other, operation != .modulo || stringValue == nil { throw undefined.error }
        if let left = intValue, let right = other.intValue {
            return try integers(left, operation, right)
        }
        if let left = bigValue, let right = other.bigValue { return try bigIntegers(left, operation, right) }
        if let left = doubleValue, let right = other.doubleValue {
            guard left.isFinite || !isInteger, right.isFinite || !other.isInteger else {
                throw TemplateError("int too large to convert to float")
            }
            return try floats(left, operation, right)
        }
        switch operation {
        case .add: if let sum = try joined(with: other, limits) { return sum }
        case .multiply:
            if let product = try repeated(by: other, limits) ?? other.repeated(by: self, limits) { return product }
        case .modulo:
            if let format = stringValue { return try percentFormat(format, isSafe: isSafe, values: other) }
        default: break
        }
        throw TemplateError(
            "unsupported operand type(s) for \(operation.rawValue): '\(typeName)' and '\(other.typeName)'")
    }

    var isSafe: Bool {
        if case .safe = self { return true }
        return false
    }

    private func joined(with other: TemplateValue, _ limits: TemplateLimits) throws -> TemplateValue? {
        try limits.checkText((stringValue?.utf8.count ?? 0) + (other.stringValue?.utf8.count ?? 0))
        if case .list(let left) = self, case .list(let right) = other {
            try limits.checkElements(left.items.count + right.items.count)
        }
        return switch (self, other) {
        case (.string(let left), .string(let right)): .string(left + right)
        case (.safe(let left), .safe(let right)): .safe(left + right)
        case (.safe(let left), .string(let right)): .safe(left + right)
        case (.string(let left), .safe(let right)): .safe(left + right)
        case (.list(let left), .list(let right)): .list(TemplateList(left.items + right.items))
        case (.tuple(let left), .tuple(let right)): .tuple(TemplateList(left.items + right.items))
        default: nil
        }
    }

    private func repeated(by other: TemplateValue, _ limits: TemplateLimits) throws -> TemplateValue? {
        guard let count = other.intValue.map({ max(0, $0) }) else { return nil }
        let text = stringValue?.utf8.count ?? 0
        if text > 0 { try limits.checkText(text.multipliedReportingOverflow(by: count).overflow ? .max : text * count) }
        let items = itemCount
        if items > 0 {
            try limits.checkElements(items.multipliedReportingOverflow(by: count).overflow ? .max : items * count)
        }
        let isEmpty = text == 0 && items == 0
        switch self {
        case .string where isEmpty, .safe where isEmpty, .list where isEmpty, .tuple where isEmpty: return emptied
        case .string(let text): return .string(String(repeating: text, count: count))
        case .safe(let html): return .safe(SafeHTML(trusted: String(repeating: html.text, count: count)))
        case .list(let list):
            return .list(TemplateList([[TemplateValue]](repeating: list.items, count: count).flatMap { $0 }))
        case .tuple(let list):
            return .tuple(TemplateList([[TemplateValue]](repeating: list.items, count: count).flatMap { $0 }))
        default: return nil
        }
    }
}

extension TemplateValue {
    /// The number of elements of a list or tuple.
    fileprivate var itemCount: Int {
        switch self {
        case .list(let list), .tuple(let list): list.items.count
        default: 0
        }
    }

    /// A new empty list, or the empty value itself.
    fileprivate var emptied: TemplateValue {
        if case .list = self { return .list(TemplateList()) }
        return self
    }
}

private func integers(_ left: Int, _ operation: BinaryOperator, _ right: Int) throws -> TemplateValue {
    let result: (partialValue: Int, overflow: Bool)
    switch operation {
    case .add: result = left.addingReportingOverflow(right)
    case .subtract: result = left.subtractingReportingOverflow(right)
    case .multiply: result = left.multipliedReportingOverflow(by: right)
    case .divide:
        guard right != 0 else { throw TemplateError("division by zero") }
        return .float(Double(left) / Double(right))
    case .floorDivide, .modulo: return try divided(left, operation, right)
    case .power: return try integerPower(left, right)
    }
    guard !result.overflow else { return try bigIntegers(BigInteger(left), operation, BigInteger(right)) }
    return .int(result.partialValue)
}

/// Python rounds towards minus infinity; the remainder has the sign of the divisor.
private func divided(_ left: Int, _ operation: BinaryOperator, _ right: Int) throws -> TemplateValue {
    guard right != 0 else { throw TemplateError("integer division or modulo by zero") }
    guard right != -1 else { return operation == .modulo ? .int(0) : try integers(0, .subtract, left) }
    var (quotient, remainder) = left.quotientAndRemainder(dividingBy: right)
    if remainder != 0, (remainder < 0) != (right < 0) {
        quotient -= 1
        remainder += right
    }
    return .int(operation == .modulo ? remainder : quotient)
}

private func integerPower(_ base: Int, _ exponent: Int) throws -> TemplateValue {
    guard exponent >= 0 else {
        guard base != 0 else { throw TemplateError("0.0 cannot be raised to a negative power") }
        return .float(pow(Double(base), Double(exponent)))
    }
    if base == 0 || base == 1 { return .int(exponent == 0 ? 1 : base) }
    if base == -1 { return .int(exponent % 2 == 0 ? 1 : -1) }
    let bits = Int.bitWidth - base.magnitude.leadingZeroBitCount
    guard exponent <= BigInteger.maximumWords * 32 / max(1, bits - 1) else { throw TemplateError("integer too large") }
    var result = TemplateValue.int(1)
    var factor = TemplateValue.int(base)
    var rest = exponent
    while true {
        if rest & 1 == 1 { result = try result.applying(.multiply, factor) }
        rest >>= 1
        if rest == 0 { return result }
        factor = try factor.applying(.multiply, factor)
    }
}

private func bigIntegers(_ left: BigInteger, _ operation: BinaryOperator, _ right: BigInteger) throws -> TemplateValue {
    switch operation {
    case .add: return try TemplateValue(left.adding(right))
    case .subtract: return try TemplateValue(left.adding(right.negated))
    case .multiply: return try TemplateValue(left.multiplied(by: right))
    case .floorDivide, .modulo:
        guard !right.isZero else { throw TemplateError("integer division or modulo by zero") }
        let result = left.dividedFloor(by: right)
        return try TemplateValue(operation == .modulo ? result.remainder : result.quotient)
    case .divide:
        guard !right.isZero else { throw TemplateError("division by zero") }
        let (dividend, divisor) = (left.double, right.double)
        guard dividend.isFinite else { throw TemplateError("integer division result too large for a float") }
        return .float(dividend / divisor)
    case .power:
        guard let exponent = right.small, exponent >= 0 else {
            guard right.isNegative else { throw TemplateError("integer too large") }
            return .float(pow(left.double, right.double))
        }
        guard exponent * left.words.count <= BigInteger.maximumWords else { throw TemplateError("integer too large") }
        return try (0..<exponent).reduce(.int(1)) { product, _ in
            try product.applying(.multiply, try TemplateValue(left))
        }
    }
}

extension TemplateValue {
    /// An integer of any size.
    ///
    /// - Throws: `TemplateError` when it is longer than a template may compute.
    init(_ number: BigInteger) throws {
        guard number.words.count <= BigInteger.maximumWords else { throw TemplateError("integer too large") }
        self = number.small.map { .int($0) } ?? .big(number)
    }

    /// The number of an integer of any size or of a boolean.
    var bigValue: BigInteger? {
        if case .big(let number) = self { return number }
        return intValue.map { BigInteger($0) }
    }

    /// Whether the value is an integer or a boolean, which Python counts as one.
    var isInteger: Bool {
        if case .big = self { return true }
        return intValue != nil
    }
}

private func floats(_ left: Double, _ operation: BinaryOperator, _ right: Double) throws -> TemplateValue {
    switch operation {
    case .add: return .float(left + right)
    case .power where left == 0 && right < 0: throw TemplateError("0.0 cannot be raised to a negative power")
    case .power where left < 0 && right != right.rounded() && right.isFinite:
        throw TemplateError("complex numbers are not supported")
    case .subtract: return .float(left - right)
    case .multiply: return .float(left * right)
    case .power: return .float(pow(left, right))
    case .divide, .floorDivide, .modulo:
        guard right != 0 else {
            throw TemplateError(operation == .divide ? "float division by zero" : "float floor division by zero")
        }
        if operation == .divide { return .float(left / right) }
        var remainder = fmod(left, right)
        if remainder != 0, (remainder < 0) != (right < 0) { remainder += right }
        if remainder == 0 { remainder = copysign(0, right) }
        if operation == .modulo { return .float(remainder) }
        let quotient = ((left - remainder) / right).rounded()
        return .float(quotient == 0 ? copysign(0, left / right) : quotient)
    }
}
