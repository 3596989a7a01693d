import FoundationEssentials

/// Files of this checkout, by their paths from its top.
enum Checkout {
    private static let top = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

    static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: "\(top)/\(path)")), as: UTF8.self)
    }

    /// The paths of the Swift files below a folder.
    static func sources(in folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: "\(top)/\(folder)")
            .filter { $0.hasSuffix(".swift") }.sorted().map { "\(folder)/\($0)" }
    }
}
