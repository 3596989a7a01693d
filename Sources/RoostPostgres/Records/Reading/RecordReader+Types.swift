// The types that most columns have, each with functions of its own: a generic function of another module looks for the
// type's abilities at every call, which for a page of rows costs more than reading them.

extension RecordReader {
    /// The next column, which is an integer.
    public mutating func next(_ type: Int.Type = Int.self) throws -> Int { try decoded(type) }
    /// The next column, which is text.
    public mutating func next(_ type: String.Type = String.self) throws -> String { try decoded(type) }
    /// The next column, which is true or false.
    public mutating func next(_ type: Bool.Type = Bool.self) throws -> Bool { try decoded(type) }
    /// The next column, which is a number.
    public mutating func next(_ type: Double.Type = Double.self) throws -> Double { try decoded(type) }
    /// The next column, which is a point in time.
    public mutating func next(_ type: Timestamp.Type = Timestamp.self) throws -> Timestamp { try decoded(type) }

    /// The next column, or `value` where it is NULL.
    public mutating func next(ifNull value: Int) throws -> Int { try decoded(ifNull: value) }
    /// The next column, or `value` where it is NULL.
    public mutating func next(ifNull value: String) throws -> String { try decoded(ifNull: value) }
    /// The next column, or `value` where it is NULL.
    public mutating func next(ifNull value: Bool) throws -> Bool { try decoded(ifNull: value) }
    /// The next column, or `value` where it is NULL.
    public mutating func next(ifNull value: Double) throws -> Double { try decoded(ifNull: value) }
    /// The next column, or `value` where it is NULL.
    public mutating func next(ifNull value: Timestamp) throws -> Timestamp { try decoded(ifNull: value) }
}
