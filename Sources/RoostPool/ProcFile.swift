import Glibc

/// Small files of /proc, read whole.
enum ProcFile {
    static func text(_ path: String, upTo most: Int = 8192) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: most)
        var length = 0
        while length < most {
            let count = bytes.withUnsafeMutableBytes {
                read(descriptor, $0.baseAddress.map { $0 + length }, most - length)
            }
            guard count > 0 else { break }
            length += count
        }
        return length == 0 ? nil : String(decoding: bytes.prefix(length), as: UTF8.self)
    }

    /// The number after `name` at the start of a line: `Threads:\t1`, `oom_kill 0`.
    static func number(_ name: String, in text: String) -> Int? {
        for line in text.split(separator: "\n") where line.hasPrefix(name) {
            let digits = line.utf8.dropFirst(name.utf8.count).drop { !(0x30...0x39).contains($0) }
            return Int(String(decoding: digits.prefix { (0x30...0x39).contains($0) }, as: UTF8.self))
        }
        return nil
    }

    /// Threads of this process.
    static var threads: Int? { text("/proc/self/status").flatMap { number("Threads:", in: $0) } }

    /// Processes the kernel has killed for want of memory since boot.
    static var outOfMemoryKills: Int? { text("/proc/vmstat", upTo: 65_536).flatMap { number("oom_kill ", in: $0) } }

    /// Bytes that only this process has, and those it shares.
    static func memory(of pid: Int32) -> (private: Int, shared: Int)? {
        guard let text = text("/proc/\(pid)/smaps_rollup") else { return nil }
        func kilobytes(_ name: String) -> Int { number(name, in: text) ?? 0 }
        return (
            (kilobytes("Private_Clean:") + kilobytes("Private_Dirty:")) * 1024,
            (kilobytes("Shared_Clean:") + kilobytes("Shared_Dirty:")) * 1024
        )
    }
}

extension String {
    var trimmed: Substring { self[...].drop { $0.isWhitespace }.prefix { !$0.isWhitespace } }
}
