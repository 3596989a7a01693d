import CLibPQ

/// The chunks that a running COPY sends: whole rows in the text formats, anything in the binary one.
public struct CopyChunks: Sequence, IteratorProtocol {
    let source: CopySource

    public mutating func next() -> [UInt8]? {
        source.next().map { Array($0) }
    }
}

/// The rows of a running COPY as tuples.
///
/// When the server or the decoding of a row fails, the sequence ends there, and `copy(from:as:)` throws the error when
/// its closure has returned.
public struct CopyRows<each Column: ColumnDecodable>: Sequence, IteratorProtocol {
    let source: CopySource
    let fields: CopyFields

    public mutating func next() -> (repeat each Column)? {
        guard source.failure == nil, let bytes = source.next() else { return nil }
        do throws(QueryError) {
            guard try fields.split(bytes) else { return nil }
            let row: (repeat each Column) = try tuple()
            return .some(row)
        } catch {
            source.failure = error
            return nil
        }
    }

    private func tuple() throws(QueryError) -> (repeat each Column) {
        var position = 0
        func column<Value: ColumnDecodable>(_ type: Value.Type) throws(QueryError) -> Value {
            defer { position += 1 }
            return try fields.decode(position, as: type)
        }
        return (repeat try column((each Column).self))
    }
}

/// Receives a COPY's data and owns the piece that libpq gave last.
final class CopySource {
    private let handle: OpaquePointer
    private var current: UnsafeMutablePointer<CChar>?
    private(set) var isOver = false
    var failure: QueryError?

    init(_ handle: OpaquePointer) {
        self.handle = handle
    }

    /// Nothing may be read after the COPY: the sequence may have been kept, the connection may be gone.
    func end() {
        isOver = true
    }

    deinit { PQfreemem(current) }

    /// The next piece, valid until the one after it; nil at the end, or when the connection broke.
    func next() -> UnsafeRawBufferPointer? {
        PQfreemem(current)
        current = nil
        guard !isOver else { return nil }
        let count = PQgetCopyData(handle, &current, 0)
        guard count > 0 else {
            isOver = true
            return nil
        }
        return UnsafeRawBufferPointer(start: current, count: Int(count))
    }
}
