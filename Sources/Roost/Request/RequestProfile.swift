/// The profile that is being taken of a request. Logs name it, and what is worth a closer look asks to keep it.
public protocol RequestProfile: AnyObject {
    /// What is done now; samples are counted under it.
    func entered(_ phase: RequestPhase)
    /// Asks to keep the profile when the request is over.
    func keep(because reason: String)
    /// The name of its files while the request runs, as a shell pattern: how long the request took is a part of the
    /// name, and not known yet.
    var pattern: String { get }
    /// The name of its files, once the request is over and the profile is kept.
    var name: String? { get }
}

/// Told of the beginning and the end of every request, outermost: a profiler.
public protocol RequestObserver: AnyObject {
    /// Before routing and hooks.
    func began(_ request: Request)
    /// After the response was written, before teardown hooks and the access log line.
    func ended(_ exchange: Exchange)
}
