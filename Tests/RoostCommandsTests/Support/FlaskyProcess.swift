import Foundation
import Testing

/// The built program, run with the tests' database.
struct FlaskyProcess {
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    static let database = ProcessInfo.processInfo.environment["ROOST_TEST_DATABASE"]

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let errors = Pipe()

    /// Starts the program in the project's folder.
    /// - Parameter database: its URL; the tests' own by default.
    init(_ arguments: [String], input text: String = "", database: String? = Self.database) throws {
        let tests = URL(filePath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        process.executableURL = tests.deletingLastPathComponent().appendingPathComponent("flasky")
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: #filePath).appending(path: "../../../..").standardized
        process.environment = [
            "DATABASE_URL": try #require(database), "SECRET_KEY": "for tests only, and long enough for anybody", "APP_ENVIRONMENT": "testing",
        ]
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
        try process.run()
        input.fileHandleForWriting.write(Data(text.utf8))
        try input.fileHandleForWriting.close()
    }

    /// Waits for its end. What it says must fit into a pipe.
    func outcome() -> Outcome {
        let said = [output, errors].map { String(decoding: $0.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) }
        process.waitUntilExit()
        return Outcome(status: process.terminationStatus, output: said[0], errors: said[1])
    }
}
