import Glibc
import Synchronization
import Testing

@testable import RoostPool

@Suite("The scoreboard")
struct ScoreboardTests {
    private let now = MonotonicTime(nanoseconds: 5_000_000_000)

    @Test("what the worker writes the master reads")
    func roundTrip() throws {
        let slot = try Scoreboard(slotCount: 2).slot(1)
        slot.clear(generation: 7)
        slot.setPhase(.sql)
        slot.describeRequest(method: "GET", path: "/user/å", endpoint: "main.user", requestID: "r1")
        slot.describeSQL("SELECT 1")
        slot.numbers.pointee.requestStartedAt.store(4_000_000_000, ordering: .relaxed)
        let evidence = slot.evidence(now: now)
        #expect(evidence.method == "GET")
        #expect(evidence.path == "/user/å")
        #expect(evidence.endpoint == "main.user")
        #expect(evidence.requestID == "r1")
        #expect(evidence.sql == "SELECT 1")
        #expect(evidence.phase == .sql)
        #expect(evidence.elapsed == .seconds(1))
    }

    @Test("a request told in bytes reads as one told in text")
    func bytes() throws {
        let slot = try Scoreboard(slotCount: 1).slot(0)
        slot.clear(generation: 1)
        Array("/user/å".utf8).withUnsafeBufferPointer { path in
            let nothing = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
            let method = UnsafeBufferPointer(rebasing: path[1..<5])
            slot.describeRequest(method: method, path: path, endpoint: nothing, requestID: nothing)
        }
        let evidence = slot.evidence(now: now)
        #expect(evidence.method == "user")
        #expect(evidence.path == "/user/å")
        #expect(evidence.endpoint.isEmpty && evidence.requestID.isEmpty)
    }

    @Test("texts are cut to their room and do not run into each other")
    func cut() throws {
        let slot = try Scoreboard(slotCount: 1).slot(0)
        let long = String(repeating: "x", count: 5000)
        slot.describeRequest(method: long, path: long, endpoint: long, requestID: long)
        slot.describeSQL(long)
        slot.describeFailure(long)
        let evidence = slot.evidence(now: now)
        #expect(
            [evidence.method, evidence.path, evidence.endpoint, evidence.requestID].map(\.utf8.count) == [
                16, 640, 160, 128,
            ])
        #expect(evidence.sql.utf8.count == 1200)
        #expect(slot.failure.utf8.count == 1024)
    }

    @Test("a text that a worker was writing when it died is skipped")
    func torn() throws {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: 256, alignment: 128)
        defer { memory.deallocate() }
        let text = SharedText(at: memory, capacities: [16, 16])
        text.clear()
        text.write {
            text.put(0, "whole")
            text.put(1, "text")
        }
        #expect(text.read() == ["whole", "text"])
        memory.assumingMemoryBound(to: Atomic<UInt64>.self).pointee.wrappingAdd(1, ordering: .relaxed)
        #expect(text.read() == nil)
        text.write { text.put(0, "next") }
        #expect(text.read() == ["next", "text"])
    }

    @Test("hostile bytes lead nowhere", arguments: [UInt8(0xFF), 0x7F, 0x80, 0xFE, 0x2E])
    func hostile(byte: UInt8) throws {
        let board = try Scoreboard(slotCount: 3)
        let slot = board.slot(2)
        memset(UnsafeMutableRawPointer(slot.numbers), Int32(byte), Slot.size)
        let evidence = slot.evidence(now: now)
        #expect(evidence.path.utf8.count <= 640 * 3)
        #expect(evidence.elapsed >= .zero)
        #expect(WorkerPhase.allCases.contains(slot.phase))
        var totals = Totals()
        for _ in 0..<300 { totals.add(slot) }
        let line = PoolEventFormatter().json(.slowRequest(.init(slot: 2, pid: 1, generation: 1), request: evidence))
        #expect(!line.utf8.contains(0x0A))
    }

    @Test("a slot fits its page, and its parts do not overlap")
    func layout() {
        #expect(MemoryLayout<SlotLayout>.size <= 256)
        #expect(256 + SharedText.size([16, 640, 160, 128]) <= 1280)
        #expect(1280 + SharedText.size([1200]) <= 2560)
        #expect(2560 + SharedText.size([1024]) <= Slot.size)
    }
}
