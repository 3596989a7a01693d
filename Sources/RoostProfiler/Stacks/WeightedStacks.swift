/// Stacks and the time each stands for: of one request, of many, or of the whole pool.
struct WeightedStacks {
    private(set) var frames: [Frame] = []
    /// Frame numbers, outermost first, and nanoseconds.
    private(set) var stacks: [(path: [Int], weight: Int64)] = []
    private var numbers: [Frame: Int] = [:]
    private var places: [[Int]: Int] = [:]

    init() {}

    init(frames: [Frame], stacks: some Sequence<([Int], Int64)>) {
        self.init()
        for (path, weight) in stacks { add(path.map { frames[$0] }, weight) }
    }

    var total: Int64 { stacks.reduce(0) { $0 + $1.weight } }
    var isEmpty: Bool { stacks.isEmpty }

    /// Adds time to a stack given outermost first.
    mutating func add(_ path: [Frame], _ weight: Int64) {
        let path = path.map { number(of: $0) }
        if let place = places[path] {
            stacks[place].weight += weight
        } else {
            places[path] = stacks.count
            stacks.append((path, weight))
        }
    }

    mutating func add(_ other: WeightedStacks) {
        for (path, weight) in other.stacks { add(path.map { other.frames[$0] }, weight) }
    }

    private mutating func number(of frame: Frame) -> Int {
        if let number = numbers[frame] { return number }
        frames.append(frame)
        numbers[frame] = frames.count - 1
        return frames.count - 1
    }
}
