import FoundationEssentials

/// The folder of an application as the tutorial has it: files by their paths. It goes away with the value.
final class HelloFolder {
    let path = "/tmp/roost-tutorial-\(UUID().uuidString)"

    init(_ files: [String: String]) throws {
        for (name, text) in files {
            let file = URL(filePath: "\(path)/\(name)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
