import Testing

@testable import RoostPool

@Suite("Requests that run too long")
struct PolicyRequestTests {
    private func serving() -> PolicyDriver {
        PolicyDriver.serving {
            $0.slowRequest = .seconds(1)
            $0.requestTimeout = .seconds(3)
            $0.killGrace = .seconds(2)
        }
    }

    @Test("the steps are a report, a cancel and a kill, each with its time between")
    func steps() {
        var driver = serving()
        let began = driver.now
        driver.pass(.milliseconds(900), running: [0: began])
        #expect(driver.names == [])
        driver.pass(.milliseconds(200), running: [0: began])
        #expect(driver.names == ["slow_request"])
        driver.pass(.seconds(2), running: [0: began])
        #expect(driver.names == ["slow_request", "request_timeout"])
        #expect(driver.signals(.cancelRequest) == 1)
        driver.pass(.milliseconds(1800), running: [0: began])
        #expect(driver.killed == 0)
        driver.pass(.milliseconds(300), running: [0: began])
        #expect(driver.names.last == "worker_killed")
        #expect(driver.killed == 1)
    }

    @Test("the next request of the same worker starts from the beginning")
    func nextRequest() {
        var driver = serving()
        let first = driver.now
        driver.pass(.seconds(2), running: [0: first])
        let second = driver.now
        driver.pass(.milliseconds(500), running: [0: second])
        #expect(driver.names == ["slow_request"])
    }

    @Test("time in which nothing ran counts for nobody: a resumed host kills no one")
    func suspended() {
        var driver = serving()
        let began = driver.now
        driver.pass(.milliseconds(500), running: [0: began, 1: began])
        driver.now = driver.now + .seconds(600)
        driver.pass(.milliseconds(400), running: [0: began, 1: began])
        #expect(driver.names == ["clock_skipped"])
        driver.pass(.milliseconds(400), running: [0: began, 1: began])
        #expect(driver.names == ["clock_skipped", "slow_request", "slow_request"])
        #expect(driver.killed == 0)
    }

    @Test("a stopping worker's request is still watched")
    func whileStopping() {
        var driver = serving()
        let began = driver.now
        driver.send(.stop(graceful: true, reason: "SIGTERM"))
        driver.pass(.seconds(6), running: [0: began])
        #expect(driver.killed == 1)
    }
}
