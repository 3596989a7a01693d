/// Runs and their time over the log's period, in steps that double when the period outgrows them.
struct TimeSeries {
    struct Step: Equatable {
        var count = 0
        var total: Int64 = 0
    }

    private static let capacity = 4096
    /// Microseconds.
    private(set) var width: Int64 = 60_000_000
    private var steps: [Int64: Step] = [:]

    mutating func add(time: Int64, duration: Int64) {
        let index = floorDivided(time, by: width)
        steps[index, default: Step()].count += 1
        steps[index, default: Step()].total += duration
        while steps.count > Self.capacity { widen() }
    }

    /// At most so many steps from the first to the last, empty ones included.
    func steps(atMost limit: Int) -> (start: Int64, width: Int64, steps: [Step]) {
        var series = self
        while let (first, last) = series.bounds, last - first >= limit { series.widen() }
        guard let (first, last) = series.bounds else { return (0, width, []) }
        let all = (first...last).map { series.steps[$0] ?? Step() }
        return (first * series.width, series.width, all)
    }

    private var bounds: (Int64, Int64)? {
        guard let first = steps.keys.min(), let last = steps.keys.max() else { return nil }
        return (first, last)
    }

    private mutating func widen() {
        width *= 2
        var wider: [Int64: Step] = [:]
        for (index, step) in steps {
            wider[floorDivided(index, by: 2), default: Step()].count += step.count
            wider[floorDivided(index, by: 2), default: Step()].total += step.total
        }
        steps = wider
    }

    private func floorDivided(_ number: Int64, by divisor: Int64) -> Int64 {
        number >= 0 ? number / divisor : -((-number - 1) / divisor) - 1
    }
}
