internal import CProfiler
internal import Glibc

/// What images are called in reports.
enum ImageName {
    /// `/usr/lib/x86_64-linux-gnu/libpq.so.5` → `libpq`; the program by its file's name.
    static func module(_ path: String) -> String {
        let path = path == "/proc/self/exe" ? program : path
        let name = path.utf8.split(separator: UInt8(ascii: "/")).last ?? path.utf8[...]
        guard let end = range(of: ".so", in: name) else { return String(decoding: name, as: UTF8.self) }
        return String(decoding: name[..<end], as: UTF8.self)
    }

    /// The path of the running program.
    static var program: String {
        let path = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
            count = buffer.withMemoryRebound(to: CChar.self) {
                max(0, readlink("/proc/self/exe", $0.baseAddress!, $0.count))
            }
        }
        return String(decoding: path, as: UTF8.self)
    }

    /// The program's build id in hexadecimal; nil when it was linked without one.
    static var buildID: String? {
        let text = [UInt8](unsafeUninitializedCapacity: 128) { buffer, count in
            count = buffer.withMemoryRebound(to: CChar.self) { profiler_build_id($0.baseAddress, $0.count) }
        }
        return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
    }

    private static func range(of word: String, in name: Substring.UTF8View) -> Substring.UTF8View.Index? {
        name.indices.first { name[$0...].starts(with: word.utf8) }
    }
}
