/// A record's property, to be written for row after row.
///
/// A stored property is written at its place in memory; a key path takes as long as reading all of a small record.
struct PropertyPlace<Owner, Value>: Sendable {
    private let path: any WritableKeyPath<Owner, Value> & Sendable
    /// Nil for what is no plain stored property of a struct.
    private let offset: Int?

    init(_ path: any WritableKeyPath<Owner, Value> & Sendable) {
        self.path = path
        offset = MemoryLayout<Owner>.offset(of: path)
    }

    @inline(__always)
    func set(_ value: Value, in owner: inout Owner) {
        guard let offset else { return owner[keyPath: path] = value }
        withUnsafeMutablePointer(to: &owner) {
            UnsafeMutableRawPointer($0).advanced(by: offset).assumingMemoryBound(to: Value.self).pointee = value
        }
    }
}
