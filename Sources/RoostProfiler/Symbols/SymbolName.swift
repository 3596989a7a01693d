internal import CProfiler
internal import Glibc

/// Makes a frame of a symbol: the module from the mangled name, and the function as stack traces show it.
enum SymbolName {
    /// - Parameters:
    ///   - symbol: as it stands in the symbol table.
    ///   - image: the module of plain C functions, such as `libpq`.
    static func frame(_ symbol: String, image: String) -> Frame {
        let module = swiftModule(symbol) ?? (symbol.hasPrefix("CCryptoBoringSSL_") ? "BoringSSL" : image)
        var isShort: Int32 = 0
        guard let text = profiler_demangle(symbol, &isShort) else {
            return Frame(module: module, name: withoutSuffix(symbol))
        }
        defer { free(text) }
        let name = String(cString: text)
        return Frame(module: module, name: isShort != 0 ? name : DeclarationName.short(name))
    }

    /// The module in a mangled Swift name: the first identifier, or that of the extension for standard types.
    /// The grammar is docs/ABI/Mangling.rst of the Swift project.
    static func swiftModule(_ symbol: String) -> String? {
        guard symbol.hasPrefix("$s") else { return nil }
        var rest = Array(symbol.utf8.dropFirst(2))[...]
        switch rest.first {
        case UInt8(ascii: "S"):  // a standard type: `SS`, `Sa`
            rest = rest.dropFirst(2)
            let name = identifier(&rest)
            return rest.first == UInt8(ascii: "E") ? name ?? "Swift" : "Swift"
        case UInt8(ascii: "s"):  // the module Swift
            rest = rest.dropFirst()
            _ = identifier(&rest)
            rest = rest.dropFirst()
            let name = identifier(&rest)
            return rest.first == UInt8(ascii: "E") ? name ?? "Swift" : "Swift"
        default:
            return identifier(&rest) ?? "Swift"
        }
    }

    /// `13RoostPostgres`: the length in decimal, then so many bytes.
    private static func identifier(_ rest: inout ArraySlice<UInt8>) -> String? {
        var length = 0
        var scan = rest
        while let digit = scan.first, (48...57).contains(digit), length < 10_000 {
            length = length * 10 + Int(digit - 48)
            scan = scan.dropFirst()
        }
        guard length > 0, length <= scan.count else { return nil }
        let name = String(decoding: scan.prefix(length), as: UTF8.self)
        rest = scan.dropFirst(length)
        return name
    }

    /// `memcpy@@GLIBC_2.14` → `memcpy`.
    private static func withoutSuffix(_ symbol: String) -> String {
        String(decoding: symbol.utf8.prefix { $0 != UInt8(ascii: "@") }, as: UTF8.self)
    }
}
