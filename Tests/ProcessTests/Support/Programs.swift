import Foundation

/// Where the built programs and the database are; `deploy/test` says so in the environment.
enum Programs {
    static let folder = ProcessInfo.processInfo.environment["ROOST_PROGRAMS"]
    static let database = ProcessInfo.processInfo.environment["ROOST_TEST_DATABASE"]
    static var areThere: Bool { folder != nil && database != nil }

    /// The checkout, which holds `nginx/`, `deploy/` and `migrations/`.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    static var fixture: String { path(of: "roost-fixture") }
    static var flasky: String { path(of: "flasky") }
    static var isRoot: Bool { getuid() == 0 }

    private static func path(of program: String) -> String { "\(folder ?? ".")/\(program)" }

    /// A program of the system; servers live in folders that an ordinary user's PATH lacks.
    static func system(_ name: String) throws -> String {
        let folders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"] + postgresFolders
        for folder in folders where access("\(folder)/\(name)", X_OK) == 0 { return "\(folder)/\(name)" }
        throw Failure("\(name) is not installed")
    }

    private static var postgresFolders: [String] {
        let base = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? []
        return versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(base)/\($0)/bin" }
    }
}

/// Why a test cannot go on.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
