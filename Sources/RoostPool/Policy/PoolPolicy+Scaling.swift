/// Changes of the number of workers and of their generation.
extension PoolPolicy {
    mutating func scale(to asked: Int, _ now: MonotonicTime, _ actions: inout [Action]) {
        guard life == .booting || life == .serving else { return }
        let count = max(1, min(asked, ceiling))
        if count != asked {
            let limit =
                asked < 1 ? "the pool keeps at least 1 worker" : "the scoreboard has room for \(ceiling) workers"
            actions.append(.report(.scaleRefused(asked: asked, reason: limit)))
        }
        guard count != target else { return }
        actions.append(.report(.scaled(from: target, to: count)))
        target = count
        retireSurplus(now, &actions)
    }

    /// Workers above the target leave, the newest slots first. They finish what they hold, so nothing is lost.
    mutating func retireSurplus(_ now: MonotonicTime, _ actions: inout [Action]) {
        guard life == .booting || life == .serving else { return }
        let staying = sorted.filter { $0.isStaying && $0.replaces == nil }
        for worker in staying.reversed().prefix(max(0, staying.count - target)) { retire(worker, now, &actions) }
    }

    /// Replaces every worker, one at a time, each replacement ready before the old worker leaves.
    ///
    /// In-place upgrade goes in here: `execv` of the new binary first, then this roll in the new program.
    mutating func reload(_ now: MonotonicTime, _ actions: inout [Action]) {
        guard life == .serving else { return }
        guard roll == nil else {
            reloadWaits = true  // never interleaved: the second begins when the first is done
            return
        }
        target = min(settings.workers, ceiling)
        generation += 1
        roll = Roll(generation: generation, startedAt: now)
        actions.append(.report(.reloading(generation: generation)))
        retireSurplus(now, &actions)
    }

    mutating func finishRollIfDone(_ now: MonotonicTime, _ actions: inout [Action]) {
        guard let roll, ordered.isEmpty, workers.values.count(where: \.isStaying) >= target else { return }
        let uniform = workers.values.allSatisfy { $0.identity.generation == roll.generation && $0.state == .ready }
        guard uniform else { return }
        self.roll = nil
        actions.append(.report(.reloaded(generation: roll.generation, took: now.since(roll.startedAt))))
        beginWaitingReload(now, &actions)
    }

    /// The old workers stay; those already replaced stay replaced.
    mutating func abandonRoll(_ reason: String, _ actions: inout [Action]) {
        guard let roll else { return }
        self.roll = nil
        reloadWaits = false
        actions.append(.report(.reloadFailed(generation: roll.generation, reason: reason)))
    }

    private mutating func beginWaitingReload(_ now: MonotonicTime, _ actions: inout [Action]) {
        guard reloadWaits else { return }
        reloadWaits = false
        reload(now, &actions)
    }
}
