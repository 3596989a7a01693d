internal import Glibc

/// What tells one build of the program from another, for releases that were given no name.
enum BuildID {
    /// The first 12 digits of the linker's build id, or the program's time of change where there is none.
    ///
    /// Read from the program's own file, so that it is the same in the master and its workers.
    static var ofThisProgram: String { of(program: "/proc/self/exe") }

    static func of(program path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "unknown" }
        defer { close(descriptor) }
        // Linkers put the notes near the front, before the code.
        let head = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
        }
        if let id = noteID(in: head) { return "build-" + id.prefix(6).map(hexadecimal).joined() }
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { return "unknown" }
        return "build-\(info.st_mtim.tv_sec)"
    }

    /// The descriptor of the note `GNU`, type 3, in a 64-bit little-endian ELF file (elf(5), "Notes").
    private static func noteID(in head: [UInt8]) -> ArraySlice<UInt8>? {
        let name: [UInt8] = [4, 0, 0, 0, 20, 0, 0, 0, 3, 0, 0, 0, 0x47, 0x4E, 0x55, 0]
        guard head.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]), head.count > name.count + 20 else { return nil }
        for start in stride(from: 0, to: head.count - name.count - 20, by: 4)
        where head[start..<start + name.count].elementsEqual(name) {
            return head[(start + name.count)..<(start + name.count + 20)]
        }
        return nil
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return byte < 16 ? "0" + digits : digits
    }
}
