internal import RoostMarkup

extension TemplateValue {
    /// Python's `==`.
    ///
    /// - Throws: `TemplateError` when lists nest too deep to compare.
    @inline(__always)
    func isEqual(to other: TemplateValue) throws -> Bool {
        switch (self, other) {
        case (.int(let left), .int(let right)): return left == right
        case (.string(let left), .string(let right)): return left.isSameText(as: right)
        default:
            var walk = ValueWalk()
            return try isEqual(to: other, &walk)
        }
    }

    func isEqual(to other: TemplateValue, _ walk: inout ValueWalk) throws -> Bool {
        switch (self, other) {
        case (.none, .none), (.undefined, .undefined): return true
        case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)):
            return try left === right || areEqual(left.items, right.items, &walk)
        case (.dict(let left), .dict(let right)): return try left === right || left.isEqual(to: right, &walk)
        case (.function(let left), .function(let right)): return left === right
        case (.native(let left), .native(let right)): return left.isEqual(to: right)
        case (.object(let left), .object(let right)): return isSameObject(left, right)
        default: return isEqualScalar(to: other)
        }
    }

    private func isEqualScalar(to other: TemplateValue) -> Bool {
        if let left = stringValue, let right = other.stringValue { return left.isSameText(as: right) }
        if let left = intValue, let right = other.intValue { return left == right }
        if isInteger, other.isInteger, let left = bigValue, let right = other.bigValue {
            return left.compare(right) == 0
        }
        if let order = order(asNumber: other) { return order == 0 }
        return false
    }

    private func areEqual(_ left: [TemplateValue], _ right: [TemplateValue], _ walk: inout ValueWalk) throws -> Bool {
        guard left.count == right.count else { return false }
        try walk.enter(left.count)
        defer { walk.leave() }
        for index in left.indices where !(try left[index].isEqual(to: right[index], &walk)) { return false }
        return true
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
        if let left = stringValue, let right = other.stringValue { return compareBytes(left, right) }
        var walk = ValueWalk()
        return try compare(other, symbol, &walk)
    }

    private func compare(_ other: TemplateValue, _ symbol: String, _ walk: inout ValueWalk) throws -> Int {
        if isInteger, other.isInteger, let left = bigValue, let right = other.bigValue { return left.compare(right) }
        if let order = order(asNumber: other) { return order }
        if let left = stringValue, let right = other.stringValue { return compareBytes(left, right) }
        switch (self, other) {
        case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)):
            try walk.enter(min(left.items.count, right.items.count))
            defer { walk.leave() }
            for (first, second) in zip(left.items, right.items) where !(try first.isEqual(to: second, &walk)) {
                return try first.compare(second, symbol, &walk)
            }
            return left.items.count - right.items.count
        case (.undefined(let undefined), _), (_, .undefined(let undefined)):
            throw TemplateError(undefined.message, kind: .undefined)
        default:
            throw TemplateError(
                "'\(symbol)' not supported between instances of '\(typeName)' and '\(other.typeName)'")
        }
    }

    /// The order of two numbers of which one is a float, or nil for anything else. Integers are compared exactly, as
    /// Python does; a NaN is unequal to everything and sorts behind it.
    private func order(asNumber other: TemplateValue) -> Int? {
        guard let left = doubleValue, let right = other.doubleValue else { return nil }
        if left.isNaN || right.isNaN { return 2 }
        if left.isFinite, right.isFinite, left.magnitude > 9e15, left == right, isInteger != other.isInteger {
            return (bigValue ?? BigInteger(left)).compare(other.bigValue ?? BigInteger(right))
        }
        if left == right { return bigOrder(other) }
        return left < right ? -1 : 1
    }

    /// An integer beyond all floats against an infinity.
    private func bigOrder(_ other: TemplateValue) -> Int {
        if isInteger, case .float(let number) = other, number.isInfinite { return number > 0 ? -1 : 1 }
        if other.isInteger, case .float(let number) = self, number.isInfinite { return number > 0 ? 1 : -1 }
        return 0
    }

    /// Python's `in`.
    func contains(_ element: TemplateValue) throws -> Bool {
        switch self {
        case .dict(let dictionary): return try dictionary.value(for: element) != nil
        case .string(let text): return try contains(element, in: text)
        case .safe(let html): return try contains(element, in: html.text)
        case .native(let native):
            if let range = native as? RangeValue, let contains = range.contains(element) { return contains }
            return try elements().contains { try $0.isEqual(to: element) }
        default: return try elements().contains { try $0.isEqual(to: element) }
        }
    }

    private func contains(_ element: TemplateValue, in text: String) throws -> Bool {
        if case .undefined(let undefined) = element, undefined.behaviour == .strict { throw undefined.error }
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
    func isEqual(to other: TemplateDictionary, _ walk: inout ValueWalk) throws -> Bool {
        guard count == other.count else { return false }
        try walk.enter(count)
        defer { walk.leave() }
        for entry in entries {
            guard let value = try other.value(for: entry.key), try value.isEqual(to: entry.value, &walk) else {
                return false
            }
        }
        return true
    }
}
