import Testing

@testable import RoostPool

@Suite("Scaling, recycling and reloading")
struct PolicyChangeTests {
    @Test("one worker more, one worker fewer")
    func scales() {
        var driver = PolicyDriver.serving()
        driver.send(.scale(by: 1))
        #expect(driver.spawns == 1)
        driver.allReady()
        driver.send(.scale(by: -1))
        #expect(driver.retired == 1)
        #expect(driver.policy.workers[2]?.state == .retiring)
    }

    @Test("the number stays between 1 and the room there is, and the log says so")
    func clamped() {
        var driver = PolicyDriver.serving(workers: 1, slots: 4)
        driver.send(.scale(by: -1))
        #expect(driver.names == ["scale_refused"])
        driver.send(.scaleTo(50))
        #expect(driver.policy.target == 3)
        #expect(driver.names.suffix(1) != ["scaled"] || driver.policy.target == 3)
    }

    @Test("a recycled worker leaves when its replacement is ready, and not before")
    func recycles() {
        var driver = PolicyDriver.serving()
        driver.send(.wantsRecycle(slot: 0))
        #expect(driver.spawns == 1)
        #expect(driver.retired == 0)
        driver.allReady()
        #expect(driver.retired == 1)
        #expect(driver.policy.workers[0]?.state == .retiring)
    }

    @Test("at most one worker leaves at a time, however many have had enough")
    func recyclesOneByOne() {
        var driver = PolicyDriver.serving(workers: 4)
        for slot in 0..<4 { driver.send(.wantsRecycle(slot: slot)) }
        var rounds = 0
        while driver.policy.workers.values.contains(where: { $0.wantsRecycle }), rounds < 10 {
            #expect(driver.policy.workers.values.count { $0.state == .starting } <= 1)
            driver.allReady()
            #expect(driver.policy.workers.values.count { $0.state == .retiring } <= 1)
            #expect(driver.policy.workers.values.count { $0.state == .ready } >= 4)
            driver.leaveAsTold()
            rounds += 1
        }
        #expect(rounds == 4)
        #expect(driver.policy.workers.count == 4)
    }

    @Test("a reload replaces every worker, each replacement ready first, and ends with one generation")
    func reloads() {
        var driver = PolicyDriver.serving(workers: 3)
        driver.send(.reload)
        for _ in 0..<3 {
            #expect(driver.policy.workers.values.count { $0.state == .ready } == 3)
            driver.allReady()
            driver.leaveAsTold()
        }
        #expect(driver.names.last == "reloaded")
        #expect(driver.policy.workers.values.allSatisfy { $0.identity.generation == 2 })
    }

    @Test("a second reload waits for the first")
    func reloadsQueue() {
        var driver = PolicyDriver.serving(workers: 1)
        driver.send(.reload)
        driver.send(.reload)
        driver.allReady()
        driver.leaveAsTold()
        driver.allReady()
        driver.leaveAsTold()
        #expect(driver.names.filter { $0.hasPrefix("reload") } == ["reloading", "reloaded", "reloading", "reloaded"])
        #expect(driver.policy.workers.values.map(\.identity.generation) == [3])
    }

    @Test("a reload whose worker does not boot is abandoned and the old workers stay")
    func reloadFails() {
        var driver = PolicyDriver.serving()
        driver.send(.reload)
        driver.die(slot: 2, .status(3), failure: "broken template")
        #expect(driver.actions.contains(.report(.reloadFailed(generation: 2, reason: "broken template"))))
        driver.pass(.seconds(60))
        #expect(driver.retired == 0)
        #expect(driver.policy.workers.values.allSatisfy { $0.identity.generation == 1 })
        #expect(driver.exitStatus == nil)
    }

    @Test("after a reload that failed, the next one is tried, and ends the back-off when its workers live")
    func reloadsAfterFailure() {
        var driver = PolicyDriver.serving()
        driver.send(.reload)
        driver.die(slot: 2, .status(3), failure: "broken template")
        driver.pass(.seconds(5))
        driver.send(.reload)
        for _ in 0..<4 {
            driver.pass(.seconds(2))
            driver.allReady()
            driver.leaveAsTold()
        }
        #expect(driver.names.last == "reloaded")
        #expect(driver.policy.workers.values.allSatisfy { $0.identity.generation == 3 })
        driver.pass(.seconds(2))
        #expect(!driver.policy.backOff.isActive)
    }

    @Test("a worker due for recycling is replaced after a replacement that failed, ever more slowly")
    func recyclesAfterFailure() {
        var driver = PolicyDriver.serving()
        driver.send(.wantsRecycle(slot: 0))
        driver.actions = []
        for _ in 0..<100 {
            driver.pass(.milliseconds(100))
            if driver.policy.workers[2] != nil { driver.die(slot: 2, .status(3), failure: "no memory") }
        }
        #expect((5...9).contains(driver.spawns), "\(driver.spawns) attempts in ten seconds")
        for _ in 0..<300 where driver.policy.workers[2] == nil { driver.pass(.milliseconds(100)) }
        driver.allReady()
        driver.leaveAsTold()
        #expect(driver.policy.workers[0] == nil)
        #expect(driver.policy.workers.values.count { $0.state == .ready } == 2)
    }

    @Test("logs are reopened in the master and in every worker")
    func reopens() {
        var driver = PolicyDriver.serving()
        driver.send(.reopenLogs)
        #expect(driver.actions.contains(.reopenLogs))
        #expect(driver.signals(.reopenLogs) == 2)
    }
}
