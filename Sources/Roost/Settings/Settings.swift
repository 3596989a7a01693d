internal import RoostMarkup

/// The effective settings of an application: every known key with its value and where the value came from.
///
/// Read it while the app is made (`makeApp`), not in views: a getter checks and converts the text each time.
public struct Settings: Sendable {
    /// Where a value came from; named in every complaint about it.
    public enum Origin: Sendable, Hashable, CustomStringConvertible {
        case standard
        case file(String, line: Int)
        case environment(String)
        case flag(String)
        case code

        public var description: String {
            switch self {
            case .standard: "default"
            case .file(let path, let line): "\(path):\(line)"
            case .environment(let name): "environment variable \(name)"
            case .flag(let name): name
            case .code: "code"
            }
        }
    }

    /// One effective value. A scalar setting has exactly one text.
    public struct Value: Sendable, Hashable {
        public let texts: [String]
        public let origin: Origin

        public init(_ texts: [String], from origin: Origin) {
            self.texts = texts
            self.origin = origin
        }
    }

    /// The settings that exist, in the order in which they were listed.
    public let known: [Setting]
    private let byKey: [String: Setting]
    private let values: [String: Value]

    /// Checks every value against its setting.
    /// - Parameters:
    ///   - known: the settings that exist.
    ///   - values: values by key; a key without a value takes the setting's default.
    /// - Throws: `SettingError` naming the key, its origin and what it must look like.
    public init(known: [Setting], values: [String: Value] = [:]) throws {
        var byKey: [String: Setting] = [:]
        for setting in known {
            guard byKey.updateValue(setting, forKey: setting.key) == nil else {
                throw SettingError(setting.key, "is listed twice by the application", .code)
            }
        }
        for (key, value) in values {
            guard let setting = byKey[key] else { throw SettingError.unknown(key, known: known, value.origin) }
            if let complaint = setting.complaint(about: value.texts) { throw SettingError(key, complaint, value.origin) }
        }
        self.known = known
        self.byKey = byKey
        self.values = values
    }

    /// No settings at all, for an app that has none.
    public init() {
        known = []
        byKey = [:]
        values = [:]
    }

    /// Settings for tests and small programs: texts by key, from code.
    public init(known: [Setting], _ texts: [String: String]) throws {
        try self.init(known: known, values: texts.mapValues { Value([$0], from: .code) })
    }

    /// The effective value of a key; `nil` when it has neither a value nor a default.
    /// - Throws: `SettingError` when the application lists no such setting.
    public func value(_ key: String) throws -> Value? {
        guard let setting = byKey[key] else { throw SettingError.unknown(key, known: known, .code) }
        return values[key] ?? setting.standard.map { Value([$0], from: .standard) }
    }
}

/// A setting that is unknown, missing or does not fit; its description is one line that says where and what to do.
public struct SettingError: Error, Hashable, CustomStringConvertible {
    public let key: String
    public let problem: String
    public let origin: Settings.Origin

    public init(_ key: String, _ problem: String, _ origin: Settings.Origin) {
        self.key = key
        self.problem = problem
        self.origin = origin
    }

    /// The complaint about a key that does not exist, with the nearest one that does.
    public static func unknown(_ key: String, known: [Setting], _ origin: Settings.Origin) -> SettingError {
        let near = NearestName.of(key, among: known.lazy.map(\.key))
        return SettingError(key, "unknown setting" + (near.map { "; did you mean \($0)?" } ?? ""), origin)
    }

    public var description: String { "\(origin): \(key): \(problem)" }
}
