/// Where something was written, for messages that name both places.
public struct CallSite: Sendable, CustomStringConvertible {
    public let file: StaticString
    public let line: Int

    public init(file: StaticString, line: Int) {
        self.file = file
        self.line = line
    }

    public var description: String { "\(file):\(line)" }
}

/// Why an app cannot be put together as written. The text says what to change.
public struct SetupError: Error, CustomStringConvertible {
    public let reason: String
    public let site: CallSite

    public init(_ reason: String, at site: CallSite) {
        self.reason = reason
        self.site = site
    }

    public var description: String { "\(site): \(reason)" }
}
