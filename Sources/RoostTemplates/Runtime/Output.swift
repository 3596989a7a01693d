internal import RoostMarkup

/// The bytes that a rendering has made so far. One buffer grows to the size of the largest page and is used again, so
/// that a fragment of output costs a copy and no allocation.
final class Output {
    private(set) var count = 0
    private var capacity = 16384
    private var base: UnsafeMutablePointer<UInt8>
    private let limit: Int
    /// Set when the limit was passed; `check` reports it, so that appending cannot fail.
    private(set) var isOverLimit = false

    init(limit: Int) {
        self.limit = limit
        base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }

    /// Makes room for `needed` more bytes; past the limit output starts over and the rendering fails at its next step.
    @inline(__always)
    private func reserve(_ needed: Int) {
        if capacity - count < needed { grow(needed) }
    }

    private func grow(_ needed: Int) {
        if count > limit {
            isOverLimit = true
            count = 0
            if capacity >= needed { return }
        }
        let newCapacity = max(capacity * 2, count + needed)
        let new = UnsafeMutablePointer<UInt8>.allocate(capacity: newCapacity)
        new.update(from: base, count: count)
        base.deallocate()
        base = new
        capacity = newCapacity
    }

    /// - Throws: `TemplateError` when the output is longer than the options allow.
    @inline(__always)
    func check() throws {
        if isOverLimit || count > limit { throw tooLong }
    }

    private var tooLong: TemplateError { TemplateError("the output is longer than \(limit) bytes") }

    @inline(__always)
    func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        (base + count).update(from: source, count: bytes.count)
        count += bytes.count
    }

    @inline(__always)
    func append(_ byte: UInt8) {
        reserve(1)
        base[count] = byte
        count += 1
    }

    @inline(__always)
    func append(_ text: String) { text.withBytes { append($0) } }

    /// Appends text with the characters escaped that HTML gives a meaning.
    func append(escaping text: String) {
        text.withBytes { bytes in
            var start = 0
            while start < bytes.count {
                let end = min(start + 4096, bytes.count)
                reserve((end - start) * HTMLEscape.maximumExpansion)
                count += HTMLEscape.write(UnsafeBufferPointer(rebasing: bytes[start..<end]), to: base + count)
                start = end
            }
        }
    }

    func append(_ number: Int) {
        reserve(20)
        if number < 0 {
            base[count] = 0x2D
            count += 1
        }
        var rest = number.magnitude
        var length = 1
        var bound: UInt = 10
        while length < 19, rest >= bound {
            length += 1
            bound *= 10
        }
        for index in (0..<length).reversed() {
            base[count + index] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count += length
    }

    /// Takes what follows `start` off again, as text.
    func text(from start: Int) -> String {
        let start = min(start, count)
        let text = String(decoding: UnsafeBufferPointer(start: base + start, count: count - start), as: UTF8.self)
        count = start
        return text
    }

    func remove(from start: Int) { count = min(start, count) }

    /// Hands the bytes to `target` and becomes empty.
    func move(to target: inout [UInt8]) {
        target.append(contentsOf: UnsafeBufferPointer(start: base, count: count))
        reset()
    }

    func reset() {
        count = 0
        isOverLimit = false
    }
}
