import Glibc

/// Readers for the texts of settings. Each returns `nil` for a text that does not fit, and never guesses.
enum SettingText {
    static func flag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "on", "yes", "1": true
        case "false", "off", "no", "0": false
        default: nil
        }
    }

    /// `500ms`, `30s`, `2m`, `1h`; a fraction is allowed (`0.5s`), a bare number only when it is 0.
    static func duration(_ text: String) -> Duration? {
        if text == "0" { return .zero }
        let units: [(String, Double)] = [("ms", 1e-3), ("us", 1e-6), ("s", 1), ("m", 60), ("h", 3600)]
        for (unit, seconds) in units where text.hasSuffix(unit) {
            guard let number = decimal(text.dropLast(unit.utf8.count)) else { continue }
            return .nanoseconds(Int64((number * seconds * 1e9).rounded()))
        }
        return nil
    }

    /// `512`, `64KB`, `256MB`, `1GB`. An unknown suffix is no size, however often `32768g` was meant well.
    static func size(_ text: String) -> Int? {
        let units: [(String, Int)] = [("KB", 1 << 10), ("MB", 1 << 20), ("GB", 1 << 30)]
        for (unit, factor) in units where text.hasSuffix(unit) {
            guard let number = Int(text.dropLast(2)), number >= 0 else { return nil }
            let (bytes, overflow) = number.multipliedReportingOverflow(by: factor)
            return overflow ? nil : bytes
        }
        guard let number = Int(text), number >= 0 else { return nil }
        return number
    }

    static func fileMode(_ text: String) -> UInt32? {
        guard let mode = UInt32(text, radix: 8), mode <= 0o777 else { return nil }
        return mode
    }

    private static func decimal(_ text: Substring) -> Double? {
        guard let first = text.utf8.first, (48...57).contains(first) else { return nil }
        guard let number = Double(text), number.isFinite, number < 1e9 else { return nil }
        return number
    }
}

extension Setting {
    /// Why `texts` cannot be the value of this setting, or `nil` when it can.
    public func complaint(about texts: [String]) -> String? {
        guard kind == .list || texts.count == 1 else { return "must be one value, not a list" }
        return texts.lazy.compactMap(complaint).first
    }

    private func complaint(about text: String) -> String? {
        switch kind {
        case .text, .list: nil
        case .flag: SettingText.flag(text) == nil ? "must be true or false, not \"\(text)\"" : nil
        case .count(let range): complaint(about: text, range)
        case .duration:
            SettingText.duration(text) == nil ? "must be a time such as 500ms, 30s, 2m or 1h, not \"\(text)\"" : nil
        case .size: SettingText.size(text) == nil ? "must be a size such as 64KB, 256MB or 1GB, not \"\(text)\"" : nil
        case .fileMode: SettingText.fileMode(text) == nil ? "must be octal bits such as 0660, not \"\(text)\"" : nil
        case .choice(let choices):
            choices.contains(text) ? nil : "must be one of \(choices.joined(separator: ", ")), not \"\(text)\""
        }
    }

    private func complaint(about text: String, _ range: ClosedRange<Int>) -> String? {
        guard let number = Int(text) else { return "must be a whole number, not \"\(text)\"" }
        return range.contains(number) ? nil : "must be from \(range.lowerBound) to \(range.upperBound), not \(number)"
    }
}
