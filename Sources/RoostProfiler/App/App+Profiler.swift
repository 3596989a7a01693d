public import Roost
internal import RoostMarkup

extension App {
    /// Profiles the app's requests. Does nothing when the settings say so: no hook, no cost.
    ///
    /// Opens the symbol tables of the program now, so that all workers share them; the timer is made by each worker's
    /// first request.
    /// - Throws: `SetupError` once serving has begun, `SettingError` when `profiler.endpoints` names none of the app's.
    @discardableResult
    public func useProfiler(_ settings: ProfilerSettings) throws -> Profiler? {
        guard !settings.isOff else { return nil }
        for endpoint in settings.endpoints.sorted() where !routes.contains(where: { $0.endpoint == endpoint }) {
            let nearest = NearestName.of(endpoint, among: routes.lazy.map(\.endpoint))
            let hint = nearest.map { "; did you mean \($0)?" } ?? ""
            let origin = (try? self.settings.value("profiler.endpoints"))?.origin ?? .code
            throw SettingError("profiler.endpoints", "there is no endpoint \(endpoint)\(hint)", origin)
        }
        let profiler = Profiler(settings)
        try afterResponse { [unowned profiler] _ in
            if !profiler.writesWhenAsked { profiler.writePending() }
        }
        requestObserver = profiler
        extensions[ProfilerKey.self] = profiler
        return profiler
    }

    /// The profiler of the app; nil when it has none.
    public var profiler: Profiler? { extensions[ProfilerKey.self] }
}

private enum ProfilerKey: StorageKey {
    typealias Value = Profiler
}
