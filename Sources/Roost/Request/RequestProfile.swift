/// The profile that is being taken of a request. Logs name it, and what is worth a closer look asks to keep it.
public protocol RequestProfile: AnyObject {
    /// What is done now; samples are counted under it.
    func entered(_ phase: RequestPhase)
    /// Asks to keep the profile. Heard until the teardown hooks have run.
    func keep(because reason: ProfileReason)
    /// The name of its files while the request runs, as a shell pattern: how long the request took is a part of the
    /// name, and not known yet. Nil when the profile will not be kept, whatever asks for it.
    var pattern: String? { get }
    /// The name of its files, once the request is over and the profile is kept.
    var name: String? { get }
}

/// Why the profile of a request is kept: a kind for lists, and words for people.
public struct ProfileReason: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        /// The request took longer than it may.
        case slow
        /// It was answered with a status of 500 or above.
        case failed
        /// It carried a signed token.
        case token
        /// The slow-query log has a record of one of its statements.
        case statement
        /// Every profile is kept.
        case sampled
        /// The application asked for it.
        case app
    }

    public let kind: Kind
    public let text: String

    public init(_ kind: Kind, _ text: String) { (self.kind, self.text) = (kind, text) }
}

/// Told of the beginning and the end of every request, outermost: a profiler.
public protocol RequestObserver: AnyObject {
    /// Before routing and hooks.
    func began(_ request: Request)
    /// After the response was written, before teardown hooks and the access log line.
    func ended(_ exchange: Exchange)
}
