internal import Roost
internal import RoostPostgres

extension ConnectionSettings {
    /// `database.session`: texts of the form `name=value`.
    static func sessionParameters(_ settings: Settings) throws -> [(name: String, value: String)] {
        let key = "database.session"
        guard settings.known.contains(where: { $0.key == key }) else { return [] }
        let origin = try settings.value(key)?.origin ?? .standard
        return try settings.list(key).map { text in
            guard let sign = text.utf8.firstIndex(of: UInt8(ascii: "=")) else {
                throw SettingError(key, "is not a list of name=value: \"\(text)\"", origin)
            }
            let name = text[..<sign].filter { $0 != " " }
            let value = text[text.utf8.index(after: sign)...].drop { $0 == " " }
            guard !name.isEmpty else { throw SettingError(key, "has a value without a name: \"\(text)\"", origin) }
            guard name.lowercased() != "statement_timeout" else {
                throw SettingError(
                    key, "cannot have statement_timeout: set pool.request_timeout, which it follows", origin)
            }
            return (name, String(value))
        }
    }
}
