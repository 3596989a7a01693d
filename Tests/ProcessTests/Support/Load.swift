import Foundation
import Synchronization
import Testing

/// Clients that ask for pages one after the other, each in a thread, until they are stopped.
final class Load: Sendable {
    struct Sample: Sendable {
        let path: String
        /// 0 when no complete answer came.
        let status: Int
        let began: ContinuousClock.Instant
        let took: Duration
        let problem: String
    }

    private struct State {
        var samples: [Sample] = []
        var running = 0
        var isStopped = false
    }

    private let state = Mutex(State())
    private let client: HTTPClient
    private let method: String
    private let most: Int
    private let deadline: ContinuousClock.Instant

    /// - Parameters:
    ///   - most: requests of each client at most.
    ///   - seconds: the load ends by itself then.
    init(_ paths: [String], clients: Int, port: Int, method: String = "GET", most: Int = 100_000, seconds: Double = 20) {
        (client, self.method, self.most) = (HTTPClient(port: port), method, most)
        deadline = .now + .seconds(seconds)
        state.withLock { $0.running = clients }
        for number in 0..<clients {
            let path = paths[number % paths.count]
            Thread.detachNewThread { [self] in run(path) }
        }
    }

    private func run(_ path: String) {
        var left = most
        while left > 0, !state.withLock(\.isStopped), ContinuousClock.now < deadline {
            left -= 1
            let sample = ask(path)
            state.withLock { $0.samples.append(sample) }
        }
        state.withLock { $0.running -= 1 }
    }

    private func ask(_ path: String) -> Sample {
        let began = ContinuousClock.now
        do {
            let answer = try client.send(method, path, body: method == "POST" ? [] : nil)
            return Sample(path: path, status: answer.status, began: began, took: .now - began, problem: "")
        } catch {
            return Sample(path: path, status: 0, began: began, took: .now - began, problem: "\(error)")
        }
    }

    var count: Int { state.withLock(\.samples.count) }

    /// Waits until so many more requests have been answered.
    func wait(forMore count: Int, within seconds: Double = 10) throws {
        let goal = self.count + count
        try ProcessTests.wait(seconds, until: "\(count) more requests are answered") { self.count >= goal }
    }

    /// Lets the requests in flight end, and gives everything that was asked.
    func stop() throws -> [Sample] {
        state.withLock { $0.isStopped = true }
        return try finish()
    }

    /// Waits until the clients have asked all they were to ask.
    func finish() throws -> [Sample] {
        try ProcessTests.wait(40, until: "the clients end") { state.withLock(\.running) == 0 }
        return state.withLock(\.samples)
    }
}

extension [Load.Sample] {
    /// What was not answered with 200, in words.
    var failures: [String] { filter { $0.status != 200 }.map { "\($0.path): \($0.status) \($0.problem)" } }

    /// Expects that every request was answered with 200, and lists those that were not.
    func expectNoFailures(at place: SourceLocation = #_sourceLocation) {
        let failures = failures
        #expect(failures.isEmpty, "\(failures.count) of \(count): \(failures.prefix(5))", sourceLocation: place)
    }

    /// The time that so much of the requests did not take longer than.
    func percentile(_ share: Double) -> Double {
        let sorted = map(\.took.milliseconds).sorted()
        return sorted.isEmpty ? 0 : sorted[Swift.min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }
}
