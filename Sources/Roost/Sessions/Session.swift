public import RoostSigning

/// What an app remembers of one browser between requests.
///
///     request.session["cart"] = ["pens": 3]
///     let name = request.session.get("name", as: String.self) ?? "Stranger"
///
/// Assigning a key marks the session as modified, even to an equal value; it is saved after all after-request hooks.
public final class Session {
    private static let permanentKey = "_permanent"

    private var members: SessionObject
    /// Whether the request looked at the session: its response then depends on the cookie.
    public private(set) var isAccessed = false
    /// Whether the session has to be saved.
    public private(set) var isModified = false
    /// Whether there was none before this request.
    public let isNew: Bool
    /// What a store on the server knows the session by; nil for a new one and for cookies that hold everything.
    public internal(set) var id: String?
    /// Set when the store must give the session another id, so that one learnt earlier is worth nothing.
    public private(set) var wantsNewID = false
    /// When a store on the server forgets it, in seconds since 1970.
    var expires: Int64 = 0
    /// Why the session could not be read or cannot be written.
    let refusal: (any Error)?

    /// Makes a session, for a `SessionInterface`.
    public init(_ members: SessionObject = SessionObject(), isNew: Bool, id: String? = nil) {
        self.members = members
        self.isNew = isNew
        self.id = id
        refusal = nil
    }

    /// An empty session that cannot be kept.
    init(refusal: any Error) {
        members = SessionObject()
        isNew = true
        self.refusal = refusal
    }

    /// The value of a key. Setting nil removes it; a key that is not there is removed without a trace.
    public subscript(key: String) -> SessionValue? {
        get {
            isAccessed = true
            return members[key]
        }
        set {
            isAccessed = true
            if newValue == nil, !members.contains(key) { return }
            members[key] = newValue
            isModified = true
        }
    }

    /// The value of a key as a type; nil when it is missing or of another kind.
    public func get<Value: SessionConvertible>(_ key: String, as type: Value.Type = Value.self) -> Value? {
        self[key].flatMap(Value.init(sessionValue:))
    }

    /// Stores a value of any type that sessions can hold.
    public func set(_ key: String, _ value: some SessionConvertible) { self[key] = value.sessionValue }

    /// Takes a value out.
    @discardableResult
    public func pop(_ key: String) -> SessionValue? {
        let value = self[key]
        if value != nil { self[key] = nil }
        return value
    }

    public func contains(_ key: String) -> Bool { self[key] != nil }

    /// Removes everything. This counts as a change, even of an empty session.
    public func clear() {
        members = SessionObject()
        isAccessed = true
        isModified = true
    }

    public var keys: [String] { contents.keys }
    public var isEmpty: Bool { contents.isEmpty }

    /// Everything in the session.
    public var contents: SessionObject {
        isAccessed = true
        return members
    }

    /// Whether the session outlives the browser, for the lifetime of the settings.
    public var isPermanent: Bool {
        get { self[Self.permanentKey]?.bool ?? false }
        set { self[Self.permanentKey] = .bool(newValue) }
    }

    /// Marks the session as modified.
    public func markModified() {
        isAccessed = true
        isModified = true
    }

    /// Asks a store on the server for another id; a session in a cookie has none. Logging in does this.
    public func renewID() { wantsNewID = true }

    /// The same as `contents` and `isPermanent`, for saving: it does not count as looking.
    var saved: SessionObject { members }
    var savedIsPermanent: Bool { members[Self.permanentKey]?.bool ?? false }
}
