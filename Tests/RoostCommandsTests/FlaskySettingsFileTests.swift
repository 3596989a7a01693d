import Foundation
import Roost
import RoostCommands
import Testing

@testable import flasky

/// `deploy/flasky.yaml` is what operators read: it must not leave anything out, nor say what is not so.
@Suite("The settings file of Flasky")
struct FlaskySettingsFileTests {
    private static let path =
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/deploy/flasky.yaml"

    /// The keys that stand in the file, those behind a comment sign too.
    private func keys() throws -> Set<String> {
        var (section, keys) = ("", Set<String>())
        for line in try String(contentsOfFile: Self.path, encoding: .utf8).split(separator: "\n") {
            let isInner = line.hasPrefix("  ")
            let text = line.drop { $0 == " " || $0 == "#" }
            guard let colon = text.firstIndex(of: ":") else { continue }
            let word = String(text[..<colon])
            if !isInner, !line.hasPrefix("#") { section = word }
            keys.insert(isInner ? "\(section).\(word)" : word)
        }
        return keys
    }

    @Test("it has every setting")
    func complete() throws {
        let listed = try keys()
        let missing = FlaskyProgram.knownSettings.map(\.key).filter { !listed.contains($0) }
        #expect(missing == [])
    }

    @Test("what it sets is the default")
    func defaults() throws {
        let known = FlaskyProgram.knownSettings
        let file = try SettingsLoader(known: known).load(file: Self.path, environment: [:])
        let standard = try Settings(known: known)
        // Where the blog is installed, its folders are given; beside the program they are found.
        for setting in known where !["templates.folder", "static.folder"].contains(setting.key) {
            guard let value = try file.value(setting.key), case .file = value.origin else { continue }
            let usual = try standard.value(setting.key)?.texts
            #expect(value.texts == usual || value.texts == words(usual), "\(setting.key)")
        }
    }

    /// The default of a list is one text with commas.
    private func words(_ texts: [String]?) -> [String]? { texts?.flatMap { $0.split(separator: ",").map(String.init) } }
}
