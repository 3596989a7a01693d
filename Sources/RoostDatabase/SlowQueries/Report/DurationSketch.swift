internal import Glibc

/// The distribution of durations in a few kilobytes, whatever their number: counts in buckets that each reach 2 % further
/// than the one before, so that a quantile is off by at most 1 % (the method of Masson, Rim and Lee's DDSketch).
struct DurationSketch {
    private static let growth = 1.02
    private static let scale = 1 / log(growth)
    /// Durations up to 12 days; longer ones fall into the last bucket.
    private static let bucketLimit = 1400

    private(set) var count = 0
    private var buckets: [UInt32] = []
    private var smallest = Int64.max
    private(set) var largest: Int64 = 0

    /// Takes a duration in microseconds.
    mutating func add(_ duration: Int64) {
        let index = Self.index(of: duration)
        if index >= buckets.count { buckets.append(contentsOf: repeatElement(0, count: index + 1 - buckets.count)) }
        buckets[index] &+= 1
        count += 1
        smallest = min(smallest, duration)
        largest = max(largest, duration)
    }

    /// The duration that a share of all does not exceed, 0 when there is none.
    /// - Parameter share: 0 to 1; 0.95 for the 95th percentile.
    func quantile(_ share: Double) -> Int64 {
        guard count > 0 else { return 0 }
        let rank = max(1, Int((share * Double(count)).rounded(.up)))
        var seen = 0
        for (index, number) in buckets.enumerated() {
            seen += Int(number)
            if seen >= rank { return min(max(Self.middle(of: index), smallest), largest) }
        }
        return largest
    }

    /// Counts by powers of two of milliseconds: element n holds those below 2ⁿ ms, and not below half of that.
    var byPowersOfTwo: [Int] {
        var counts: [Int] = []
        for (index, number) in buckets.enumerated() where number > 0 {
            let milliseconds = Double(Self.middle(of: index)) / 1000
            let place = milliseconds < 1 ? 0 : Int(log2(milliseconds)) + 1
            if place >= counts.count { counts.append(contentsOf: repeatElement(0, count: place + 1 - counts.count)) }
            counts[place] += Int(number)
        }
        return counts
    }

    private static func index(of duration: Int64) -> Int {
        duration <= 1 ? 0 : min(bucketLimit - 1, Int((log(Double(duration)) * scale).rounded(.up)))
    }

    private static func middle(of index: Int) -> Int64 { Int64(2 * pow(growth, Double(index)) / (growth + 1)) }
}
