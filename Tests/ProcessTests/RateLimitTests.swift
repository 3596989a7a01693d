import Foundation
import Testing

extension RealPrograms {
    @Suite("Rate limits of a pool")
    struct RateLimitTests {
        @Test("all workers count together")
        func together() throws {
            try withDeployment(.fixture, ["pool.workers=4"]) { deployment in
                let (answers, client) = (Answers(), deployment.client)
                DispatchQueue.concurrentPerform(iterations: 8) { _ in
                    for _ in 0..<5 { answers.add(try? client.get("/limited")) }
                }
                let passed = answers.all.filter { $0.status == 200 }
                #expect(answers.all.count == 40 && passed.count == 10)
                #expect(Set(passed.map(\.text)).count > 1, "only one worker answered")
                let refused = answers.all.filter { $0.status == 429 }
                #expect(refused.count == 30 && refused.allSatisfy { Int($0["Retry-After"] ?? "") != nil })
            }
        }

        /// What came back to several clients at once.
        private final class Answers: @unchecked Sendable {
            private let lock = NSLock()
            private var kept: [Answer] = []

            var all: [Answer] { lock.withLock { kept } }
            func add(_ answer: Answer?) { lock.withLock { if let answer { kept.append(answer) } } }
        }
    }
}
