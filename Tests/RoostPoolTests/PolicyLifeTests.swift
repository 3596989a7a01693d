import Testing

@testable import RoostPool

@Suite("The pool's life")
struct PolicyLifeTests {
    @Test("as many workers start as are set, and the pool is ready with the first")
    func starts() {
        var driver = PolicyDriver(workers: 3)
        driver.send(.start)
        #expect(driver.spawns == 3)
        driver.send(.ready(slot: 1))
        #expect(driver.actions.contains(.becomeReady))
        driver.actions = []
        driver.allReady()
        #expect(!driver.actions.contains(.becomeReady))
    }

    @Test("a first generation that does not boot ends the pool with status 3 and the reason")
    func bootFailure() {
        var driver = PolicyDriver()
        driver.send(.start)
        driver.die(slot: 0, .status(3), failure: "no database")
        #expect(driver.actions.contains(.report(.cannotBoot(reason: "no database"))))
        #expect(driver.exitStatus == nil)
        driver.leaveAsTold()
        #expect(driver.exitStatus == 3)
        #expect(driver.spawns == 2)
    }

    @Test("a worker that is not ready in time is killed and has failed to boot")
    func bootTimeout() {
        var driver = PolicyDriver { $0.bootTimeout = .seconds(2) }
        driver.send(.start)
        driver.pass(.seconds(2))
        #expect(driver.killed == 2)
        driver.leaveAsTold()
        #expect(driver.exitStatus == 3)
        #expect(driver.actions.contains(.report(.cannotBoot(reason: "boot timeout"))))
    }

    @Test("a worker that dies after serving for a while is replaced at once")
    func replaced() {
        var driver = PolicyDriver.serving()
        driver.pass(.seconds(5))
        driver.die(slot: 1)
        #expect(driver.spawns == 1)
        #expect(!driver.names.contains("backing_off"))
    }

    @Test("workers that die young are replaced after 0.1 s doubling to 30 s, one at a time")
    func backOff() {
        var driver = PolicyDriver.serving()
        driver.die(slot: 0)
        driver.die(slot: 1)
        #expect(driver.spawns == 0)
        driver.pass(.milliseconds(100))
        #expect(driver.spawns == 1)
        for _ in 0..<12 {
            for slot in driver.policy.workers.keys { driver.die(slot: slot, .status(3)) }
            driver.pass(.seconds(30))
        }
        let delays = driver.actions.compactMap { action -> Duration? in
            if case .report(.backingOff(_, let delay)) = action { delay } else { nil }
        }
        #expect(
            Array(delays.prefix(4)) == [.milliseconds(100), .milliseconds(200), .milliseconds(400), .milliseconds(800)])
        #expect(delays.last == .seconds(30))
        #expect(driver.exitStatus == nil)
    }

    @Test("a worker that survives ends the back-off, and the missing ones start")
    func backOffEnds() {
        var driver = PolicyDriver.serving(workers: 3)
        for slot in 0..<3 { driver.die(slot: slot) }
        driver.pass(.milliseconds(200))
        driver.allReady()
        driver.pass(.seconds(2))
        #expect(!driver.policy.backOff.isActive)
        #expect(driver.policy.workers.count == 3)
    }

    @Test("a failed fork is retried with back-off while the others serve")
    func forkFails() {
        var driver = PolicyDriver.serving()
        driver.pass(.seconds(2))
        let worker = driver.policy.workers[0]
        _ = driver.policy.on(
            .exited(pid: worker?.identity.pid ?? 0, cause: .status(1), request: nil, failure: ""), at: driver.now)
        driver.send(.spawnFailed(slot: 0, reason: "fork: no memory"))
        #expect(driver.names == ["spawn_failed", "backing_off"])
        driver.pass(.milliseconds(200))
        #expect(driver.spawns == 1)
    }

    @Test("a graceful stop retires, waits, and ends with status 0")
    func graceful() {
        var driver = PolicyDriver.serving()
        driver.send(.stop(graceful: true, reason: "SIGTERM"))
        #expect(driver.retired == 2)
        #expect(driver.actions.contains(.stopListening))
        driver.pass(.seconds(1))
        #expect(driver.killed == 0)
        driver.leaveAsTold()
        #expect(driver.exitStatus == 0)
        #expect(driver.spawns == 0)
    }

    @Test("a second stop kills at once")
    func secondStop() {
        var driver = PolicyDriver.serving()
        driver.send(.stop(graceful: true, reason: "SIGTERM"))
        driver.send(.stop(graceful: true, reason: "SIGTERM"))
        #expect(driver.killed == 2)
        driver.leaveAsTold()
        #expect(driver.names.filter { $0 == "worker_exited" }.count == 2)
        #expect(driver.exitStatus == 0)
    }

    @Test("a fast stop kills without waiting")
    func fastStop() {
        var driver = PolicyDriver.serving()
        driver.send(.stop(graceful: false, reason: "SIGINT"))
        #expect(driver.killed == 2)
        #expect(driver.retired == 0)
        driver.leaveAsTold()
        #expect(driver.exitStatus == 0)
    }

    @Test("a worker that does not leave within the graceful timeout is killed")
    func gracefulTimeout() {
        var driver = PolicyDriver.serving { $0.gracefulTimeout = .seconds(3) }
        driver.send(.stop(graceful: true, reason: "SIGTERM"))
        driver.pass(.seconds(2))
        #expect(driver.killed == 0)
        driver.pass(.seconds(1))
        #expect(driver.killed == 2)
    }

    @Test("a process that is not a worker changes nothing")
    func foreignChild() {
        var driver = PolicyDriver.serving()
        driver.send(.exited(pid: 4242, cause: .status(1), request: nil, failure: ""))
        #expect(driver.actions.isEmpty)
    }
}
