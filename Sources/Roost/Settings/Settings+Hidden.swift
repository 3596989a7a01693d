// Settings never print their secrets: not in a log, not in an error page, not in a debugger's dump.
extension Settings: CustomStringConvertible, CustomReflectable {
    /// The effective values by key; secrets show as `(hidden)`.
    public var description: String {
        "Settings(" + shown.map { "\($0.key): \($0.text)" }.joined(separator: ", ") + ")"
    }

    public var customMirror: Mirror {
        Mirror(self, children: shown.map { (label: Optional($0.key), value: $0.text as Any) }, displayStyle: .struct)
    }

    private var shown: [(key: String, text: String)] {
        known.compactMap { setting in
            guard let value = try? value(setting.key) else { return nil }
            return (setting.key, setting.isSecret ? "(hidden)" : value.texts.joined(separator: ","))
        }
    }
}
