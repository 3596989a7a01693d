/// A group that `groupby` makes: a pair with names for its two parts.
final class GroupedList: TemplateList {}

extension BuiltInFilters {
    /// Filters that cut sequences into pieces, order them or choose from them.
    static var shaping: [String: TemplateFilter] {
        [
            "batch": batch,
            "slice": slice,
            "groupby": groupBy,
            "dictsort": dictSort,
            "unique": unique,
            "min": { try extreme($0, $1) { $0 < 0 } },
            "max": { try extreme($0, $1) { $0 > 0 } },
            "random": { value, call in
                try value.elements().randomElement()
                    ?? call.state.undefined("No random item, sequence was empty.")
            },
        ]
    }

    private static func batch(_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        let size = try int(call, 0, "linecount", 1)
        let filler = optional(call, 1, "fill_with")
        var batches: [[TemplateValue]] = []
        for item in try value.elements() {
            if batches.isEmpty || batches[batches.count - 1].count == size { batches.append([]) }
            batches[batches.count - 1].append(item)
        }
        if let filler, let last = batches.last, last.count < size {
            guard size <= 1_000_000 else { throw TemplateError("batch: too many elements") }
            batches[batches.count - 1] += [TemplateValue](repeating: filler, count: size - last.count)
        }
        return .native(GeneratorValue(batches.map { .array($0) }))
    }

    private static func slice(_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        let items = try value.elements()
        let count = try int(call, 0, "slices", 1)
        let filler = optional(call, 1, "fill_with")
        guard count != 0 else { throw TemplateError("integer division or modulo by zero") }
        guard count <= 100_000 else { throw TemplateError("slice: too many slices") }
        guard count > 0 else { return .native(GeneratorValue([])) }
        let (size, longer) = items.count.quotientAndRemainder(dividingBy: count)
        var start = 0
        let slices = (0..<count).map { index -> TemplateValue in
            let end = start + size + (index < longer ? 1 : 0)
            defer { start = end }
            return .array(Array(items[start..<end]) + (index >= longer ? filler.map { [$0] } ?? [] : []))
        }
        return .native(GeneratorValue(slices))
    }

    private static func groupBy(_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        guard let attribute = call.argument(0, "attribute") else { throw TemplateError("groupby() needs an attribute") }
        let path = try AttributePath(attribute)
        let fallback = optional(call, 1, "default")
        let isCaseSensitive = flag(call, 2, "case_sensitive")
        var keyed = try value.elements().map { item in
            let key = try path.value(in: item, call.state, fallback: fallback)
            return (key: key, folded: isCaseSensitive ? key : key.caseFolded, item: item)
        }
        try keyed.sort { try $0.folded.compare($1.folded) < 0 }
        var groups: [(key: TemplateValue, folded: TemplateValue, items: [TemplateValue])] = []
        for (key, folded, item) in keyed {
            if let last = groups.last, try last.folded.isEqual(to: folded) {
                groups[groups.count - 1].items.append(item)
            } else {
                groups.append((key, folded, [item]))
            }
        }
        return .array(groups.map { .tuple(GroupedList([$0.key, .array($0.items)])) })
    }

    private static func dictSort(_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        let by = try text(call, 1, "by", "key")
        guard by == "key" || by == "value" else {
            throw TemplateError("You can only sort by either \"key\" or \"value\"")
        }
        guard case .dict(let dictionary) = value else {
            throw TemplateError("'\(value.typeName) object' has no attribute 'items'")
        }
        let isCaseSensitive = flag(call, 0, "case_sensitive")
        let keyed = dictionary.entries.map { entry in
            let key = by == "key" ? entry.key : entry.value
            return (key: isCaseSensitive ? key : key.caseFolded, item: TemplateValue.tuple(of: entry.key, entry.value))
        }
        return .array(try sorted(keyed, isReversed: flag(call, 2, "reverse")))
    }

    /// Sorts by key; equal elements keep their order, also when reversed.
    static func sorted(
        _ keyed: [(key: TemplateValue, item: TemplateValue)], isReversed: Bool
    ) throws -> [TemplateValue] {
        try keyed.sorted { left, right in
            isReversed ? try left.key.compare(right.key) > 0 : try left.key.compare(right.key) < 0
        }.map(\.item)
    }

    private static func unique(_ value: TemplateValue, _ call: TemplateCall) throws -> TemplateValue {
        let isCaseSensitive = flag(call, 0, "case_sensitive")
        let path = try optional(call, 1, "attribute").map { try AttributePath($0) }
        let seen = TemplateDictionary()
        return .native(
            GeneratorValue(
                try value.elements().filter { item in
                    let key = try path?.value(in: item, call.state) ?? item
                    let folded = isCaseSensitive ? key : key.caseFolded
                    guard try seen.value(for: folded) == nil else { return false }
                    try seen.set(.none, for: folded)
                    return true
                }))
    }

    private static func extreme(
        _ value: TemplateValue, _ call: TemplateCall, _ isBetter: (Int) -> Bool
    ) throws -> TemplateValue {
        let isCaseSensitive = flag(call, 0, "case_sensitive")
        let path = try optional(call, 1, "attribute").map { try AttributePath($0) }
        var best: (key: TemplateValue, item: TemplateValue)?
        for item in try value.elements() {
            let found = try path?.value(in: item, call.state) ?? item
            let key = isCaseSensitive ? found : found.caseFolded
            guard let current = best else {
                best = (key, item)
                continue
            }
            if isBetter(try key.compare(current.key)) { best = (key, item) }
        }
        return best?.item ?? call.state.undefined("No aggregated item, sequence was empty.")
    }
}

extension TemplateValue {
    /// What filters that ignore case compare.
    var caseFolded: TemplateValue {
        stringValue.map { .string($0.lowercased()) } ?? self
    }
}
