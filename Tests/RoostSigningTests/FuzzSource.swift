import Glibc

/// Random input that can be had again: the seed stands in every failure's text.
struct FuzzSource: RandomNumberGenerator {
    let seed: UInt64
    private var state: UInt64

    init(seed: UInt64 = UInt64.random(in: .min ... .max)) {
        self.seed = seed
        state = seed
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ count: Int) -> Int { Int.random(in: 0..<max(1, count), using: &self) }

    mutating func chance(_ oneIn: Int) -> Bool { below(oneIn) == 0 }

    mutating func bytes(_ most: Int) -> [UInt8] { (0..<below(most + 1)).map { _ in UInt8(truncatingIfNeeded: next()) } }

    /// A few bytes changed, removed, doubled or put in.
    mutating func mutated(_ bytes: [UInt8], with alphabet: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...below(4) {
            let place = below(bytes.count)
            switch below(5) {
            case 0 where !bytes.isEmpty: bytes[place] = alphabet[below(alphabet.count)]
            case 1 where !bytes.isEmpty: bytes[place] ^= 1 << UInt8(below(8))
            case 2 where !bytes.isEmpty: bytes.removeSubrange(place..<min(bytes.count, place + 1 + below(8)))
            case 3 where !bytes.isEmpty:
                bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 1 + below(16))], at: place)
            default: bytes.insert(alphabet[below(alphabet.count)], at: place)
            }
        }
        return bytes
    }

    /// Runs until the time is over: a second, or what ROOST_FUZZ_SECONDS says.
    /// - Returns: how often
    static func run(_ body: (inout FuzzSource) throws -> Void) rethrows -> Int {
        let seconds = getenv("ROOST_FUZZ_SECONDS").flatMap { Double(String(cString: $0)) } ?? 1
        let end = ContinuousClock.now + .seconds(seconds)
        var source = FuzzSource()
        var count = 0
        while ContinuousClock.now < end {
            try body(&source)
            count += 1
        }
        return count
    }
}
