import Foundation
import Testing

@testable import RoostProfiler

extension ProfilerTests {
    @Suite("Symbols")
    struct SymbolTests {
        @Test("a damaged or foreign file has no symbol table, and harms nobody")
        func damagedFiles() throws {
            let whole = try Data(contentsOf: URL(filePath: "/proc/self/exe")).prefix(200_000)
            try withFolder { folder in
                try SystemFile.makeFolder(folder)
                let path = folder + "/elf"
                #expect(SymbolTable(path: folder) == nil)
                #expect(SymbolTable(path: folder + "/none") == nil)
                var random = SystemRandomNumberGenerator()
                for round in 0..<300 {
                    var bytes = Array(whole.prefix(round < 100 ? round * 8 : Int.random(in: 64...4000, using: &random)))
                    for _ in 0..<8 where bytes.count > 20 {
                        bytes[Int.random(in: 16..<min(bytes.count, 64), using: &random)] = UInt8.random(in: 0...255)
                    }
                    try Data(bytes).write(to: URL(filePath: path))
                    _ = SymbolTable(path: path)?.symbol(at: UInt64.random(in: 0...100_000))
                }
            }
        }

        @Test("the table of a small file is read: the largest of several names for a place, none between functions")
        func smallTable() throws {
            try withFolder { folder in
                try SystemFile.makeFolder(folder)
                try Data(SmallELF.bytes).write(to: URL(filePath: folder + "/elf"))
                let table = try #require(SymbolTable(path: folder + "/elf"))
                #expect(table.count == 3)
                #expect(table.symbol(at: 0x1000) == "wide")
                #expect(table.symbol(at: 0x101F) == "wide")
                #expect(table.symbol(at: 0x1020) == nil)
                #expect(table.symbol(at: 0x2003) == "other")
                #expect(table.symbol(at: 0xFFF) == nil)
            }
        }

        @Test("Swift's module comes from the mangled name", arguments: [
            ("$s6Flasky8showHomeyyF", "Flasky"), ("$sSS5RoostE4textSSvp", "Roost"), ("$sSa6appendyyxnF", "Swift"),
            ("$ss5printyypd_S2StF", "Swift"), ("$s13RoostPostgres10ConnectionC4rowsyyF", "RoostPostgres"),
        ])
        func modules(symbol: String, module: String) {
            #expect(SymbolName.frame(symbol, image: "image").module == module)
        }

        @Test("plain C names stay, without their version", arguments: [
            ("memcpy@@GLIBC_2.14", "memcpy"), ("PQexec", "PQexec"),
        ])
        func plainNames(symbol: String, name: String) {
            #expect(SymbolName.frame(symbol, image: "libpq") == Frame(module: "libpq", name: name))
        }

        @Test("declarations are shortened to what stack traces show", arguments: [
            ("Flasky.IndexView.show(Swift.Int, name: Swift.String) -> Swift.String", "IndexView.show(_:name:)"),
            ("static Flasky.Post.newest(in: Flasky.Connection) throws -> Swift.Array<Flasky.Post>", "Post.newest(in:)"),
            ("closure #1 (Swift.Int) -> Swift.Int in Flasky.helper() -> ()", "helper() (closure #1)"),
            ("generic specialization <Swift.Int> of Swift.Array.append(__owned A) -> ()", "Array.append(_:)"),
            ("Flasky.(helper in _9AA2C3)(Swift.Array<(Swift.Int, Swift.Int)>, by: (A) -> B) -> ()", "helper(_:by:)"),
            ("(extension in Roost):Swift.String.quoted.getter : Swift.String", "quoted.getter"),
            ("main", "main"), ("", ""), (">>>", ">>>"),
        ])
        func declarations(full: String, short: String) {
            #expect(DeclarationName.short(full) == short)
        }

        @Test("images are called by their file's name without version", arguments: [
            ("/usr/lib/x86_64-linux-gnu/libpq.so.5", "libpq"), ("linux-vdso.so.1", "linux-vdso"),
            ("/a/b/flasky", "flasky"),
        ])
        func images(path: String, module: String) {
            #expect(ImageName.module(path) == module)
        }
    }
}

/// The smallest ELF file with a symbol table: three names, two of them for one place.
enum SmallELF {
    static var bytes: [UInt8] {
        let names = Array("\0narrow\0wide\0other\0".utf8)
        var symbols = symbol(name: 0, value: 0, size: 0, type: 0, section: 0)
        symbols += symbol(name: 1, value: 0x1000, size: 8, type: 2, section: 1)
        symbols += symbol(name: 8, value: 0x1000, size: 0x20, type: 2, section: 1)
        symbols += symbol(name: 13, value: 0x2000, size: 0, type: 2, section: 1)
        symbols += symbol(name: 13, value: 0x3000, size: 4, type: 1, section: 1)  // an object, no function
        var file = [UInt8](repeating: 0, count: 64)
        file.replaceSubrange(0..<6, with: [0x7F, 0x45, 0x4C, 0x46, 2, 1])
        let symbolsAt = file.count
        file += symbols
        let namesAt = file.count
        file += names
        while file.count % 8 != 0 { file.append(0) }
        let sectionsAt = file.count
        file += [UInt8](repeating: 0, count: 64)
        file += section(type: 2, offset: symbolsAt, size: symbols.count, link: 2)
        file += section(type: 3, offset: namesAt, size: names.count, link: 0)
        put(UInt64(sectionsAt), at: 40, in: &file)
        put(UInt16(64), at: 58, in: &file)
        put(UInt16(3), at: 60, in: &file)
        return file
    }

    private static func symbol(name: UInt32, value: UInt64, size: UInt64, type: UInt8, section: UInt16) -> [UInt8] {
        raw(name) + [type, 0] + raw(section) + raw(value) + raw(size)
    }

    private static func section(type: UInt32, offset: Int, size: Int, link: UInt32) -> [UInt8] {
        raw(UInt32(0)) + raw(type) + raw(UInt64(0)) + raw(UInt64(0)) + raw(UInt64(offset)) + raw(UInt64(size))
            + raw(link) + raw(UInt32(0)) + raw(UInt64(8)) + raw(UInt64(24))
    }

    private static func raw(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }

    private static func put(_ number: some FixedWidthInteger, at place: Int, in file: inout [UInt8]) {
        file.replaceSubrange(place..<(place + number.bitWidth / 8), with: raw(number))
    }
}
