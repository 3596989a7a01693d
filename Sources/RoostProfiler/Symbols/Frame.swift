/// One level of a stack: a function and the module it belongs to, or a span such as a statement of SQL.
struct Frame: Hashable {
    let module: String
    let name: String

    /// The form in collapsed stacks, as in DTrace: module, back tick, function.
    var text: String { "\(module)`\(name)" }

    /// The form in tables: the function, then whose it is.
    var label: String { module.isEmpty ? name : "\(name)  [\(module)]" }

    init(module: String, name: String) {
        self.module = module
        self.name = name
    }

    /// Reads `text`. A text without a back tick is a name without a module.
    init(text: some StringProtocol) {
        let bytes = text.utf8
        guard let tick = bytes.firstIndex(of: UInt8(ascii: "`")) else {
            self.init(module: "", name: String(text))
            return
        }
        self.init(module: String(text[..<tick]), name: String(text[bytes.index(after: tick)...]))
    }

    /// Whether the compiler made it to pass a closure or a witness on.
    var isThunk: Bool {
        name.hasPrefix("partial apply for ") || name.hasPrefix("thunk for ") || name.hasPrefix("protocol witness for ")
    }

    /// Whose code it is; flame graphs colour by it.
    enum Kind: String, CaseIterable {
        case own, roost, libpq, library, runtime, span
    }

    var kind: Kind {
        switch module {
        case Self.sql, Self.template, Self.mail, Self.cache, Self.other, Self.endpoint: .span
        case "libpq": .libpq
        case _ where module.hasPrefix("Roost") && !module.hasSuffix("Tests"): .roost
        case _ where Self.runtimeModules.contains(module) || module.hasPrefix("libswift"): .runtime
        case _ where module.hasPrefix("lib") || Self.libraryModules.contains(module): .library
        default: name.hasPrefix("roost_") || name.hasPrefix("profiler_") ? .roost : .own
        }
    }

    // The modules of frames that are no functions.
    static let sql = "SQL"
    static let template = "template"
    static let mail = "mail"
    static let cache = "cache"
    static let other = "span"
    static let endpoint = "endpoint"

    /// Stands for the outermost frames of a stack that is deeper than the limit.
    static let truncated = Frame(module: "", name: "[truncated]")
    /// Stands for the callers of a stack that could not be followed to the thread's first function.
    static let unrooted = Frame(module: "", name: "[callers unknown]")

    private static let runtimeModules: Set<String> = [
        "", "?", "Swift", "Glibc", "Synchronization", "_StringProcessing", "Foundation", "FoundationEssentials", "libc",
        "libm", "libstdc++", "libgcc_s", "ld-linux-x86-64", "ld-linux-aarch64", "linux-vdso", "libFoundation",
        "libFoundationEssentials", "lib_FoundationICU", "libdispatch", "libBlocksRuntime",
    ]
    private static let libraryModules: Set<String> = [
        "ArgumentParser", "Crypto", "CryptoExtras", "CryptoBoringWrapper", "Logging", "Yams", "BoringSSL",
    ]
}
