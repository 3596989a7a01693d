internal import Glibc

extension BuiltInFilters {
    static var numbers: [String: TemplateFilter] {
        [
            "int": toInt,
            "float": toFloat,
            "abs": { value, _ in
                if case .float(let number) = value { return .float(abs(number)) }
                guard let number = value.bigValue else {
                    throw TemplateError("bad operand type for abs(): '\(value.typeName)'")
                }
                return number.isNegative ? try TemplateValue(number.negated) : try TemplateValue(number)
            },
            "round": round,
            "filesizeformat": fileSize,
        ]
    }

    private static func toInt(_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        if case .undefined(let undefined) = value { throw undefined.error }
        if let number = value.intValue { return .int(number) }
        if case .big = value { return value }
        if let text = value.stringValue, let number = PythonNumber.integer(text, base: try int(call, 1, "base", 10)) {
            return number
        }
        if let number = PythonNumber.double(value), number.isFinite { return try TemplateValue(BigInteger(number)) }
        return call.argument(0, "default") ?? .int(0)
    }

    private static func toFloat(_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        if case .undefined(let undefined) = value { throw undefined.error }
        return PythonNumber.double(value).map { .float($0) } ?? call.argument(0, "default") ?? .float(0)
    }

    private static func round(_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        let precision = optional(call, 0, "precision") == nil ? 0 : try int(call, 0, "precision", 0)
        let method = try text(call, 1, "method", "common")
        guard let number = value.doubleValue else {
            throw TemplateError("type \(value.typeName) doesn't define __round__ method")
        }
        let scale = pow(10.0, Double(precision))
        switch method {
        case "ceil": return .float(ceil(number * scale) / scale)
        case "floor": return .float(floor(number * scale) / scale)
        case "common": return try rounded(value, number, precision)
        default: throw TemplateError("method must be common, ceil or floor")
        }
    }

    private static func rounded(_ value: TemplateValue, _ number: Double, _ precision: Int) throws -> TemplateValue {
        guard value.isInteger else {
            if precision >= 0 { return .float(Double(cFormat("%.*f", min(precision, 60), number)) ?? number) }
            let scale = pow(10.0, Double(-precision))
            return .float((number / scale).rounded(.toNearestOrEven) * scale)
        }
        guard precision < 0 else { return try value.applying(.add, .int(0)) }
        let unit = try TemplateValue.int(10).applying(.power, .int(-precision))
        let rest = try value.applying(.modulo, unit)
        let floor = try value.applying(.subtract, rest)
        let twice = try rest.applying(.multiply, .int(2)).compare(unit)
        let isOdd = try floor.applying(.floorDivide, unit).applying(.modulo, .int(2)).isTrue
        return twice > 0 || (twice == 0 && isOdd) ? try floor.applying(.add, unit) : floor
    }

    private static func fileSize(_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        guard let bytes = PythonNumber.double(value) else {
            throw TemplateError("could not convert \(try value.repr()) to float")
        }
        let isBinary = flag(call, 0, "binary")
        let base = isBinary ? 1024.0 : 1000.0
        if bytes == 1 { return "1 Byte" }
        if bytes < base { return .string("\(Int(bytes)) Bytes") }
        var unit = base
        var exactUnit = BigInteger(Int(base))
        for prefix in ["k", "M", "G", "T", "P", "E", "Z", "Y"] {
            unit *= base
            exactUnit = exactUnit.multiplied(by: BigInteger(Int(base)))
            guard !bytes.isFinite || BigInteger(bytes).compare(exactUnit) < 0 || prefix == "Y" else { continue }
            let number = cFormat("%.*f", 1, base * bytes / unit)
            return .string("\(number) \(isBinary ? prefix.uppercased() + "i" : prefix)B")
        }
        return .string("")
    }
}

/// Numbers from text, as Python's `int()` and `float()` read them.
enum PythonNumber {
    static func integer(_ text: String, base: Int = 10) -> TemplateValue? {
        var digits = BuiltInFilters.trimmed(text, nil)
        var sign = ""
        if let first = digits.first, first == "-" || first == "+" {
            sign = first == "-" ? "-" : ""
            digits.removeFirst()
        }
        var radix = base
        let prefixes: [String: Int] = ["0x": 16, "0o": 8, "0b": 2]
        if let prefix = prefixes[digits.prefix(2).lowercased()], base == prefix || base == 0 {
            radix = prefix
            digits.removeFirst(2)
            if digits.first == "_" { digits.removeFirst() }
        }
        guard let plain = withoutUnderscores(digits), plain.utf8.first.map({ $0 != 0x2B && $0 != 0x2D }) ?? false
        else { return nil }
        return BigInteger(sign + asciiDigits(plain), radix: radix == 0 ? 10 : radix).flatMap { try? TemplateValue($0) }
    }

    static func double(_ value: TemplateValue) -> Double? {
        guard let text = value.stringValue else { return value.doubleValue }
        let trimmed = BuiltInFilters.trimmed(text, nil)
        guard let plain = withoutUnderscores(trimmed), !plain.lowercased().contains("x") else { return nil }
        return Double(asciiDigits(plain))
    }

    /// Underscores may stand between digits only.
    private static func withoutUnderscores(_ text: String) -> String? {
        guard text.utf8.contains(0x5F) else { return text }
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ $0.first?.isNumber ?? false }) else { return nil }
        return parts.joined()
    }

    /// Decimal digits of other scripts count as digits.
    private static func asciiDigits(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isDigit = scalar.properties.numericType == .decimal
            let digit = isDigit ? scalar.properties.numericValue.flatMap { UnicodeScalar(0x30 + UInt32($0)) } : nil
            result.append(digit ?? scalar)
        }
        return String(result)
    }
}
