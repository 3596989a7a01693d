internal import Roost
internal import RoostPostgres

/// A text search configuration of PostgreSQL: `english`, `german`, `simple`, or one of the administrator's own.
///
/// An index over an expression belongs to one configuration, whose name is part of the expression. So this name stands
/// in the statement itself and is no bound value; it comes from the settings and is checked letter by letter.
struct SearchLanguage: Equatable {
    let name: String

    /// - Parameter name: small letters, digits and `_`, with a schema and a dot before it if need be.
    init?(_ name: String) {
        let parts = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy(Self.isName) else { return nil }
        self.name = name
    }

    /// - Throws: `SettingError` for what cannot be a configuration's name.
    init(setting key: String, of settings: Settings) throws {
        let text = try settings.text(key)
        guard let language = SearchLanguage(text) else {
            throw SettingError(
                key,
                "\(text.debugDescription) is no text search configuration; \\dF in psql lists them, such as english",
                try settings.value(key)?.origin ?? .standard)
        }
        self = language
    }

    /// The configuration as an SQL constant.
    var sql: SQL { .unsafe("'\(name)'") }

    /// The name as part of an index's name.
    var suffix: String { name.replacing(".", with: "_") }

    private static func isName(_ part: Substring.UTF8View) -> Bool {
        guard let first = part.first, !(0x30...0x39).contains(first), part.count <= 40 else { return false }
        return part.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") }
    }
}
