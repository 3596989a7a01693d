internal import RoostMarkup

extension TemplateValue {
    /// `value.name`: a member or method first, then an element.
    func attribute(_ name: String, _ state: RenderState) throws -> TemplateValue {
        switch self {
        case .undefined(let undefined):
            if state.environment.options.undefined == .chainable { return self }
            throw TemplateError(undefined.message, kind: .undefined)
        case .tuple(let list):
            guard let group = list as? GroupedList else { break }
            if name == "grouper" { return group.items[0] }
            if name == "list" { return group.items[1] }
        case .float where name == "real": return self
        case .float where name == "imag": return .float(0)
        case .int, .big, .bool: if let part = part(name) { return part }
        case .object(let object): if let member = object.member(name) ?? object.element(.string(name)) { return member }
        case .native(let native):
            if let member = try native.member(name) ?? native.element(.string(name)) { return member }
        case .dict(let dictionary):
            if !Methods.has(name, self) { if let value = dictionary[name] { return value } }
        default: break
        }
        if Methods.has(name, self) { return .native(MethodValue(name) { try Methods.call(name, self, $0) }) }
        return state.undefined(.member(name, owner: "\(typeName) object"))
    }

    /// What Python's integers have because they are complex and rational numbers too.
    private func part(_ name: String) -> TemplateValue? {
        switch name {
        case "real", "numerator": intValue.map { .int($0) } ?? self
        case "imag": .int(0)
        case "denominator": .int(1)
        default: nil
        }
    }

    /// `value[key]`: an element first, then a member.
    func item(_ key: TemplateValue, _ state: RenderState) throws -> TemplateValue {
        if let value = try element(key) { return value }
        switch self {
        case .undefined: return try attribute(try key.text(), state)
        default: break
        }
        if let name = key.stringValue {
            if case .dict = self { return try missingKey(name, state) }
            return try attribute(name, state)
        }
        return state.undefined(.element(try key.repr(), owner: "\(typeName) object"))
    }

    private func missingKey(_ name: String, _ state: RenderState) throws -> TemplateValue {
        if Methods.has(name, self) { return try attribute(name, state) }
        return state.undefined(.member(name, owner: "dict object"))
    }

    private func element(_ key: TemplateValue) throws -> TemplateValue? {
        switch self {
        case .dict(let dictionary):
            if case .list = key { return nil }
            return try dictionary.value(for: key)
        case .list(let list), .tuple(let list): return key.positionValue.flatMap { at($0, in: list.items) }
        case .string(let text):
            return key.positionValue.flatMap { at($0, in: Array(text.unicodeScalars)) }.map { .string(String($0)) }
        case .safe(let html):
            return key.positionValue.flatMap { at($0, in: Array(html.text.unicodeScalars)) }
                .map { .safe(SafeHTML(trusted: String($0))) }
        case .object(let object):
            if let value = object.element(key) { return value }
            if let items = object.templateItems, let index = key.positionValue { return at(index, in: items) }
            return nil
        case .native(let native): return try native.element(key)
        default: return nil
        }
    }

    private func at<Element>(_ index: Int, in items: [Element]) -> Element? {
        let position = index < 0 ? index + items.count : index
        return items.indices.contains(position) ? items[position] : nil
    }

    /// `value[start:stop:step]`.
    func slice(_ start: Int?, _ stop: Int?, _ step: Int, _ state: RenderState) throws -> TemplateValue {
        guard step != 0 else { throw TemplateError("slice step cannot be zero") }
        switch self {
        case .list(let list): return .array(sliced(list.items, start, stop, step))
        case .tuple(let list): return .tuple(TemplateList(sliced(list.items, start, stop, step)))
        case .string(let text): return .string(slicedText(text, start, stop, step))
        case .safe(let html): return .safe(SafeHTML(trusted: slicedText(html.text, start, stop, step)))
        case .undefined(let undefined): throw TemplateError(undefined.message, kind: .undefined)
        default:
            if case .native(let native) = self, let range = native as? RangeValue {
                return range.sliced(start, stop, step)
            }
            if case .object(let object) = self, let items = object.templateItems {
                return .array(sliced(items, start, stop, step))
            }
            throw TemplateError("'\(typeName)' object is not subscriptable")
        }
    }

    private func slicedText(_ text: String, _ start: Int?, _ stop: Int?, _ step: Int) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: sliced(Array(text.unicodeScalars), start, stop, step))
        return String(view)
    }

    private func sliced<Element>(_ items: [Element], _ start: Int?, _ stop: Int?, _ step: Int) -> [Element] {
        let (first, last) = sliceBounds(of: items.count, start, stop, step)
        return stride(from: first, to: last, by: step).map { items[$0] }
    }

    /// `value(…)`.
    func call(_ call: TemplateCall) throws -> TemplateValue {
        switch self {
        case .function(let function): try function.body(call)
        case .native(let native): try native.call(call)
        case .object(let object): try object.call(call)
        case .undefined(let undefined): throw TemplateError(undefined.message, kind: .undefined)
        default: throw TemplateError("'\(typeName)' object is not callable")
        }
    }
}

/// The first position of a slice and the one behind its last, as Python finds them.
func sliceBounds(of count: Int, _ start: Int?, _ stop: Int?, _ step: Int) -> (first: Int, last: Int) {
    let (lowest, highest) = step > 0 ? (0, count) : (-1, count - 1)
    func bound(_ index: Int?, _ fallback: Int) -> Int {
        guard let index else { return fallback }
        return min(max(index < 0 ? index + count : index, lowest), highest)
    }
    return (bound(start, step > 0 ? lowest : highest), bound(stop, step > 0 ? highest : lowest))
}
