internal import CProfiler

/// Turns program counters into frames, and remembers them: a function is looked up once in a process.
final class Symbolizer {
    /// Every frame seen so far; stacks hold indices into it.
    private(set) var frames: [Frame] = []
    private var numbers: [Frame: Int] = [:]
    private var byAddress: [UInt64: Int] = [:]
    private var images: [Image] = []

    private struct Image {
        let bias: UInt64
        let low: UInt64
        let high: UInt64
        let path: String
        let module: String
    }

    /// The tables by path; nil for a file that has none.
    private var tables: [String: SymbolTable?] = [:]

    /// Opens the symbol tables of everything that is loaded. Done before the fork, workers share them.
    func openTables() {
        learnImages()
        for image in images { _ = table(image.path) }
    }

    /// The number of the frame an address belongs to.
    /// - Parameter isReturn: a return address stands behind its call, which may be the last instruction of a function.
    func number(of address: UInt64, isReturn: Bool) -> Int {
        let place = isReturn ? address &- 1 : address
        if let known = byAddress[place] { return known }
        let number = intern(frame(at: place))
        byAddress[place] = number
        return number
    }

    /// The numbers of a stack's frames, outermost first, without what the compiler put between a function and its
    /// closure.
    /// - Parameters:
    ///   - addresses: innermost first; the first is where the thread was, the others are return addresses.
    ///   - isLinked: whether the second may be a place in the first's function instead of its caller.
    func stack(of addresses: some RandomAccessCollection<UInt64>, isLinked: Bool) -> [Int] {
        var stack: [Int] = []
        // Room for the spans that are put in later.
        stack.reserveCapacity(addresses.count + 4)
        for (place, address) in addresses.enumerated().reversed() {
            let number = number(of: address, isReturn: place > 0)
            if place == 0, isLinked, stack.last == number { stack.removeLast() }
            if place == 0 || !frames[number].isThunk { stack.append(number) }
        }
        return stack
    }

    /// The number of a frame that is no function.
    func intern(_ frame: Frame) -> Int {
        if let number = numbers[frame] { return number }
        frames.append(frame)
        numbers[frame] = frames.count - 1
        return frames.count - 1
    }

    private func frame(at address: UInt64) -> Frame {
        guard let image = image(at: address) else { return Frame(module: "?", name: "0x" + String(address, radix: 16)) }
        let offset = address &- image.bias
        if let symbol = table(image.path)?.symbol(at: offset) { return SymbolName.frame(symbol, image: image.module) }
        // Code without a symbol: assembly, or a stripped file.
        return Frame(module: image.module, name: "[no symbol]")
    }

    /// A library may have been loaded since the list was made.
    private func image(at address: UInt64) -> Image? {
        if let image = images.first(where: { $0.low <= address && address < $0.high }) { return image }
        learnImages()
        return images.first { $0.low <= address && address < $0.high }
    }

    private func table(_ path: String) -> SymbolTable? {
        if let known = tables[path] { return known }
        let table = SymbolTable(path: path)
        tables[path] = table
        return table
    }

    private func learnImages() {
        images = []
        withUnsafeMutablePointer(to: &images) { list in
            profiler_each_image(
                { image, context in
                    guard let image, let list = context?.assumingMemoryBound(to: [Image].self) else { return }
                    let path = String(cString: image.pointee.path)
                    list.pointee.append(
                        Image(
                            bias: image.pointee.bias, low: image.pointee.low, high: image.pointee.high, path: path,
                            module: ImageName.module(path)))
                }, list)
        }
    }
}

/// The functions of one file.
final class SymbolTable {
    private let symbols: OpaquePointer

    /// Nil when the file is no ELF file or has no symbols.
    init?(path: String) {
        guard let symbols = profiler_symbols_open(path) else { return nil }
        self.symbols = symbols
    }

    deinit { profiler_symbols_close(symbols) }

    var count: Int { profiler_symbols_count(symbols) }

    /// The mangled name of the function at an address of the file.
    func symbol(at address: UInt64) -> String? {
        var start: UInt64 = 0
        return profiler_symbols_find(symbols, address, &start).map { String(cString: $0) }
    }
}
