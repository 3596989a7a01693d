/// A list of fields of one kind, as many as were sent: `FieldList("Tags", of: StringField())` reads `tags-0`, `tags-1`,
/// …
open class FieldList<Entry: Field>: Field {
    /// The entries, numbered from 0 whatever numbers were sent.
    public private(set) var entries: [Entry] = []
    /// There are always so many entries, empty ones if need be.
    public let minimum: Int
    /// No more than so many are taken from what was sent.
    public let maximum: Int
    private let make: () -> Entry

    /// - Parameters:
    ///   - entry: makes an entry; it is called for each.
    ///   - minimum: there are always so many entries.
    ///   - maximum: no more are taken; a client can send a thousand fields.
    public init(
        _ label: String? = nil, of entry: @autoclosure @escaping () -> Entry, minimum: Int = 0, maximum: Int = 100,
        validators: [Validator] = [], description: String = "", id: String? = nil, name: String? = nil
    ) {
        self.minimum = minimum
        self.maximum = maximum
        make = entry
        super.init(label, validators: validators, description: description, id: id, name: name)
    }

    override open var type: String { "FieldList" }
    override open var data: FieldValue { .list(entries.map(\.data)) }
    override open var standardWidget: any Widget { ListWidget() }
    override open var subfields: [Field] { entries }

    override open var errorTree: FieldErrors {
        let ofEntries = entries.map(\.errorTree)
        return ofEntries.allSatisfy(\.isEmpty) ? .messages(errors) : .entries(ofEntries)
    }

    override open func process(_ input: FormInput?, data: FieldValue?) {
        entries = []
        let data = data.flatMap { $0.isTrue ? $0 : nil } ?? initialData()
        objectData = data
        var items: [FieldValue] = []
        if case .list(let list) = data { items = list }
        if let input, !input.isEmpty {
            for index in indices(in: input).prefix(maximum) {
                add(input, index < items.count ? items[index] : nil, index: index)
            }
            renumber()
        } else {
            for item in items { add(input, item) }
        }
        while entries.count < minimum { add(input, nil) }
    }

    override open func validate(_ form: Form) throws -> Bool {
        errors = []
        for entry in entries where try !entry.validate(form) { errors += entry.errors }
        for validator in validators where try !run({ try validator.check(form, self) }) { break }
        return errors.isEmpty
    }

    /// Adds an entry with a value, for a form that was filled already.
    @discardableResult
    public func append(_ data: FieldValue? = nil) -> Entry { add(nil, data) }

    /// Takes an entry out; the others are numbered anew.
    @discardableResult
    public func remove(at index: Int) -> Entry {
        defer { renumber() }
        return entries.remove(at: index)
    }

    @discardableResult
    private func add(_ input: FormInput?, _ data: FieldValue?, index: Int? = nil) -> Entry {
        let index = index ?? entries.count
        let entry = make()
        if let owner { entry.bind(to: owner, name: "\(name)-\(index)", prefix: "") }
        entry.shortName = index.description
        entry.rename(entry.name, id: "\(id)-\(index)")
        entry.process(input, data: data)
        entries.append(entry)
        return entry
    }

    /// The numbers behind this field's name, each once, in order.
    private func indices(in input: FormInput) -> [Int] {
        let start = name + "-"
        var found: Set<Int> = []
        for other in input.names where other.hasPrefix(start) {
            let digits = other.utf8.dropFirst(start.utf8.count).prefix { $0 != UInt8(ascii: "-") }
            guard !digits.isEmpty, digits.count <= 9, digits.allSatisfy({ $0 &- 48 < 10 }) else { continue }
            found.insert(digits.reduce(0) { $0 * 10 + Int($1 &- 48) })
        }
        return found.sorted()
    }

    private func renumber() {
        for (index, entry) in entries.enumerated() {
            entry.shortName = index.description
            entry.rename("\(name)-\(index)", id: "\(id)-\(index)")
        }
    }

    override func rename(_ name: String, id: String) {
        super.rename(name, id: id)
        renumber()
    }
}
