internal import RoostMarkup

extension TemplateValue {
    /// Python's `==`.
    func isEqual(to other: TemplateValue) -> Bool {
        switch (self, other) {
        case (.int(let left), .int(let right)): return left == right
        case (.string(let left), .string(let right)): return left.isSameText(as: right)
        case (.none, .none), (.undefined, .undefined): return true
        case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)):
            return left === right || left.items.elementsEqual(right.items) { $0.isEqual(to: $1) }
        case (.dict(let left), .dict(let right)): return left.isEqual(to: right)
        case (.function(let left), .function(let right)): return left === right
        case (.native(let left), .native(let right)): return left.isEqual(to: right)
        case (.object(let left), .object(let right)): return isSameObject(left, right)
        default: break
        }
        if let left = stringValue, let right = other.stringValue { return left.isSameText(as: right) }
        if let left = intValue, let right = other.intValue { return left == right }
        if isInteger, other.isInteger, let left = bigValue, let right = other.bigValue { return left.compare(right) == 0 }
        if let left = doubleValue, let right = other.doubleValue { return left == right }
        return false
    }

    /// Two references to one instance, or two values that print alike.
    private func isSameObject(_ left: any TemplateObject, _ right: any TemplateObject) -> Bool {
        guard type(of: left) == type(of: right) else { return false }
        if type(of: left) is any AnyObject.Type { return (left as AnyObject) === (right as AnyObject) }
        return left.templateText == right.templateText
    }

    /// Negative, zero or positive, as `self` sorts before, with or after `other`.
    ///
    /// - Throws: `TemplateError` when Python cannot order the two.
    func compare(_ other: TemplateValue, _ symbol: String = "<") throws -> Int {
        if let left = intValue, let right = other.intValue { return left < right ? -1 : left == right ? 0 : 1 }
        if isInteger, other.isInteger, let left = bigValue, let right = other.bigValue { return left.compare(right) }
        if let left = doubleValue, let right = other.doubleValue { return left < right ? -1 : left == right ? 0 : 1 }
        if let left = stringValue, let right = other.stringValue { return compareBytes(left, right) }
        switch (self, other) {
        case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)):
            for (first, second) in zip(left.items, right.items) where !first.isEqual(to: second) {
                return try first.compare(second, symbol)
            }
            return left.items.count - right.items.count
        case (.undefined(let undefined), _), (_, .undefined(let undefined)):
            throw TemplateError(undefined.message)
        default:
            throw TemplateError(
                "'\(symbol)' not supported between instances of '\(typeName)' and '\(other.typeName)'")
        }
    }

    /// Python's `in`.
    func contains(_ element: TemplateValue) throws -> Bool {
        switch self {
        case .dict(let dictionary): return try dictionary.value(for: element) != nil
        case .string(let text): return try contains(element, in: text)
        case .safe(let html): return try contains(element, in: html.text)
        default: return try elements().contains { $0.isEqual(to: element) }
        }
    }

    private func contains(_ element: TemplateValue, in text: String) throws -> Bool {
        guard let part = element.stringValue else {
            throw TemplateError("'in <string>' requires string as left operand, not \(element.typeName)")
        }
        return text.firstByteRange(of: part) != nil
    }
}

/// UTF-8 order is the order of code points, so bytes compare as Python's strings do.
func compareBytes(_ left: String, _ right: String) -> Int {
    left.withBytes { left in
        right.withBytes { right in
            for position in 0..<min(left.count, right.count) where left[position] != right[position] {
                return left[position] < right[position] ? -1 : 1
            }
            return left.count - right.count
        }
    }
}

extension TemplateDictionary {
    func isEqual(to other: TemplateDictionary) -> Bool {
        guard count == other.count else { return false }
        return entries.allSatisfy { entry in
            guard let value = try? other.value(for: entry.key) else { return false }
            return value.isEqual(to: entry.value)
        }
    }
}
