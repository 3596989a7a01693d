extension Settings {
    /// The text of a setting.
    /// - Throws: `SettingError` when it is unknown or has no value.
    public func text(_ key: String) throws -> String { try required(key).texts[0] }

    /// The text of a setting that may be absent; an empty text counts as absent.
    public func optionalText(_ key: String) throws -> String? {
        guard let text = try value(key)?.texts.first, !text.isEmpty else { return nil }
        return text
    }

    /// The texts of a list setting; empty when absent.
    public func list(_ key: String) throws -> [String] { try value(key)?.texts ?? [] }

    public func flag(_ key: String) throws -> Bool { try converted(key, "true or false", SettingText.flag) }

    public func count(_ key: String) throws -> Int { try converted(key, "a whole number", { Int($0) }) }

    public func duration(_ key: String) throws -> Duration { try converted(key, "a time", SettingText.duration) }

    /// A time that may be absent, which means: no limit.
    public func optionalDuration(_ key: String) throws -> Duration? {
        try optionalText(key) == nil ? nil : duration(key)
    }

    /// A size in bytes.
    public func size(_ key: String) throws -> Int { try converted(key, "a size", SettingText.size) }

    public func fileMode(_ key: String) throws -> UInt32 { try converted(key, "octal bits", SettingText.fileMode) }

    private func required(_ key: String) throws -> Value {
        if let value = try value(key) { return value }
        throw SettingError(key, "must be set", .standard)
    }

    private func converted<T>(_ key: String, _ kind: String, _ convert: (String) -> T?) throws -> T {
        let value = try required(key)
        guard let result = convert(value.texts[0]) else {
            let shown = known.contains { $0.key == key && $0.isSecret } ? "(hidden)" : "\"\(value.texts[0])\""
            throw SettingError(key, "is not \(kind): \(shown)", value.origin)
        }
        return result
    }
}
