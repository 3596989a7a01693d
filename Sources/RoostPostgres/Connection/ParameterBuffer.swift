import FoundationEssentials

/// The bytes of one statement's parameters, laid out as libpq wants them. Reused, so that a query allocates nothing here.
struct ParameterBuffer {
    private var bytes: [UInt8] = []
    private var offsets: [Int] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    /// Encodes values for parameters of the given types. A type that is not known (no entry) is sent as text.
    ///
    /// - Throws: the reason as text, when a value cannot be sent.
    mutating func fill(_ bindings: [SQL.Binding], types: [UInt32]) throws(CellError) {
        bytes.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        formats.removeAll(keepingCapacity: true)
        for index in bindings.indices {
            let type = index < types.count ? types[index] : 0
            try append(bindings[index].value, type: type)
        }
    }

    /// Gives the arrays for PQexecPrepared and its relatives.
    func withArrays<Output>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Output
    ) -> Output {
        bytes.withUnsafeBytes { raw in
            let base = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            return withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: offsets.count) { pointers in
                for index in offsets.indices {
                    let offset = offsets[index]
                    pointers.initializeElement(at: index, to: offset < 0 ? nil : base.map { $0 + offset })
                }
                return lengths.withUnsafeBufferPointer { lengths in
                    formats.withUnsafeBufferPointer { formats in
                        body(UnsafePointer(pointers.baseAddress), lengths.baseAddress, formats.baseAddress)
                    }
                }
            }
        }
    }

    private mutating func append(_ value: SQLValue, type: UInt32) throws(CellError) {
        let start = bytes.count
        let isBinary = appendBinary(value, type: type)
        if !isBinary {
            if let reason = value.refusal { throw .value(reason) }
            value.appendText(to: &bytes)
            // libpq takes text parameters up to the first zero byte; the rest would be lost without a word.
            if bytes[start...].contains(0) { throw .value("text with a NUL character cannot be stored") }
        }
        offsets.append(value == .null ? -1 : start)
        lengths.append(Int32(truncatingIfNeeded: bytes.count - start))
        formats.append(isBinary ? 1 : 0)
        bytes.append(0)
    }

    /// Appends the binary form where the type has one that fits the value.
    private mutating func appendBinary(_ value: SQLValue, type: UInt32) -> Bool {
        switch (value, type) {
        case (.text(let text), _) where TypeID.isText(type): bytes.append(contentsOf: text.utf8)
        case (.int(let number), _): return appendBinary(number, type: type)
        case (.bool(let flag), TypeID.bool): bytes.append(flag ? 1 : 0)
        case (.float(let number), TypeID.float8): append(number.bitPattern)
        case (.float(let number), TypeID.float4): append(Float(number).bitPattern)
        case (.timestamp(let time), TypeID.timestamptz), (.timestamp(let time), TypeID.timestamp):
            append(UInt64(bitPattern: time.postgresMicroseconds))
        case (.bytes(let data), TypeID.bytea): bytes.append(contentsOf: data)
        case (.uuid(let id), TypeID.uuid): withUnsafeBytes(of: id.uuid) { bytes.append(contentsOf: $0) }
        default: return false
        }
        return true
    }

    private mutating func appendBinary(_ number: Int64, type: UInt32) -> Bool {
        switch type {
        case TypeID.int8: append(UInt64(bitPattern: number))
        case TypeID.int4:
            guard let narrow = Int32(exactly: number) else { return false }
            append(UInt32(bitPattern: narrow))
        case TypeID.int2:
            guard let narrow = Int16(exactly: number) else { return false }
            append(UInt16(bitPattern: narrow))
        default: return false
        }
        return true
    }

    private mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
