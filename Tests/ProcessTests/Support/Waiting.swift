import Foundation

/// Waits until something is true, looking a hundred times a second.
///
/// - Throws: `Failure` that says what did not come, once the time is over.
func wait(_ seconds: Double = 5, until what: String, _ isTrue: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while try !isTrue() {
        guard ContinuousClock.now < deadline else { throw Failure("not within \(seconds) s: \(what)") }
        usleep(10_000)
    }
}

/// How long something took.
func time<T>(_ act: () throws -> T) rethrows -> (result: T, took: Duration) {
    let start = ContinuousClock.now
    let result = try act()
    return (result, ContinuousClock.now - start)
}

extension Duration {
    var milliseconds: Double { self / .milliseconds(1) }
}
