import Glibc

/// Feeds a parser with damaged examples for a while: a moment by default, `ROOST_FUZZ_SECONDS` when that is set.
///
/// The seed is printed with every failure; `ROOST_FUZZ_SEED` runs the same inputs again.
struct Fuzzer {
    let seed: UInt64
    private var state: UInt64
    private let deadline: Double
    private(set) var runs = 0

    init() {
        seed = getenv("ROOST_FUZZ_SEED").flatMap { UInt64(String(cString: $0)) } ?? UInt64.random(in: 1 ... .max)
        state = seed
        deadline = Self.now() + (getenv("ROOST_FUZZ_SECONDS").flatMap { Double(String(cString: $0)) } ?? 0.3)
    }

    /// Runs `body` with one input after the other. An input that takes longer than two seconds is a failure too.
    mutating func run(_ examples: [String], _ alphabet: String, _ body: ([UInt8]) throws -> Void) throws {
        let examples = examples.map { Array($0.utf8) }
        let alphabet = Array(alphabet.utf8)
        while Self.now() < deadline {
            let input = mutated(examples, alphabet)
            let began = Self.now()
            do {
                try body(input)
            } catch {
                throw Failure(input: input, seed: seed, reason: "\(error)")
            }
            guard Self.now() - began < 2 else { throw Failure(input: input, seed: seed, reason: "took too long") }
            runs += 1
        }
    }

    struct Failure: Error, CustomStringConvertible {
        let input: [UInt8]
        let seed: UInt64
        let reason: String
        var description: String {
            "\(reason) for \(String(decoding: input.prefix(2000), as: UTF8.self).debugDescription) (seed \(seed))"
        }
    }

    /// Splitmix64: the same numbers for the same seed everywhere.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    mutating func below(_ limit: Int) -> Int { limit > 0 ? Int(next() % UInt64(limit)) : 0 }

    private mutating func mutated(_ examples: [[UInt8]], _ alphabet: [UInt8]) -> [UInt8] {
        var bytes = examples[below(examples.count)]
        for _ in 0..<below(6) {
            let place = below(bytes.count + 1)
            switch below(8) {
            case 0: bytes.insert(alphabet[below(alphabet.count)], at: place)
            case 1: if place < bytes.count { bytes.remove(at: place) }
            case 2: if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: next()) }
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + below(20)))
            case 4:
                // The same piece many times over: what is quadratic shows.
                let piece = bytes[place..<min(bytes.count, place + 1 + below(8))]
                let times = 1 + below(200)
                bytes.insert(contentsOf: Array(repeating: piece, count: times).joined(), at: place)
            case 5:
                let other = examples[below(examples.count)]
                bytes.insert(contentsOf: other.prefix(below(other.count + 1)), at: place)
            case 6: bytes.insert(contentsOf: (0..<below(12)).map { _ in alphabet[below(alphabet.count)] }, at: place)
            default: bytes.removeSubrange(place...)
            }
        }
        return bytes
    }

    static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Megabytes of memory this process holds.
    static func residentMegabytes() -> Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, 128, file) != nil else { return 0 }
        let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(
            separator: " ")
        return (words.dropFirst().first.flatMap { Int($0) } ?? 0) * 4096 / 1_048_576
    }
}
