import Glibc
import RoostHTTP

/// What the real Werkzeug answered, from `Tests/Werkzeug/expected`.
enum Expected {
    static let folder: String = {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/") + "/Werkzeug"
    }()

    static func load<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
        let path = "\(folder)/expected/\(name).json"
        var info = stat()
        guard stat(path, &info) == 0 else { throw HTTPError(.notFound, "there is no \(path)") }
        let bytes = try RequestBody.file(path: path, size: Int64(info.st_size)).bytes(limit: .max)
        return try Value(json: bytes)
    }

    /// The interpreter that has Werkzeug, when the environment names one.
    static var python: String? { getenv("ROOST_WERKZEUG_PYTHON").map { String(cString: $0) } }

    /// Runs the script that makes the expectations, and returns its exit status.
    static func check(with python: String) -> Int32 {
        let words: [String] = [python, "-B", "\(folder)/expectations.py", "--check"]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { word in strdup(word) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        var pid: pid_t = 0
        guard posix_spawn(&pid, python, nil, nil, arguments, environ) == 0 else { return -1 }
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        return status
    }
}

/// The bytes of a text that has one character for each of them, as the expectations keep bodies.
func latin1(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } }
func latin1(_ bytes: [UInt8]) -> String { String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })) }
