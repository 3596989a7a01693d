/// Counts names, most of them exactly: names beyond the capacity are counted together.
struct TopCounter {
    static let capacity = 40
    private var counts: [String: Int] = [:]
    private(set) var others = 0

    mutating func add(_ name: String) {
        if counts[name] != nil || counts.count < Self.capacity { counts[name, default: 0] += 1 } else { others += 1 }
    }

    /// The names with their counts, the most frequent first.
    var ranked: [(name: String, count: Int)] {
        counts.map { ($0.key, $0.value) }.sorted { $0.count == $1.count ? $0.name < $1.name : $0.count > $1.count }
    }
}
