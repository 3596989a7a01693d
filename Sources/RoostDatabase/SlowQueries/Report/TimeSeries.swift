/// Runs and their time over the log's period, in steps that grow when the period outgrows them.
struct TimeSeries {
    struct Step: Equatable {
        var count = 0
        var total: Int64 = 0
    }

    private static let capacity = 4096
    /// Lengths in seconds that read well; each is a multiple of the one before. After the last they double.
    private static let widths: [Int64] = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 10_800, 21_600, 43_200, 86_400]
    /// Microseconds.
    private(set) var width: Int64 = 1_000_000
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
        let next = Self.widths.first { $0 * 1_000_000 > width }.map { $0 * 1_000_000 } ?? width * 2
        var wider: [Int64: Step] = [:]
        for (index, step) in steps {
            let place = floorDivided(index, by: next / width)
            wider[place, default: Step()].count += step.count
            wider[place, default: Step()].total += step.total
        }
        width = next
        steps = wider
    }

    private func floorDivided(_ number: Int64, by divisor: Int64) -> Int64 {
        number >= 0 ? number / divisor : -((-number - 1) / divisor) - 1
    }
}
