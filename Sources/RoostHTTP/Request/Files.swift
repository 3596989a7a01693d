/// The files of a form: ordered, several per field.
public struct Files: Sequence {
    private var list: [UploadedFile]

    public init(_ list: [UploadedFile] = []) { self.list = list }

    public var count: Int { list.count }
    public var isEmpty: Bool { list.isEmpty }
    public func makeIterator() -> IndexingIterator<[UploadedFile]> { list.makeIterator() }

    /// The first file of a field.
    public subscript(name: String) -> UploadedFile? { list.first { $0.name == name } }

    /// Every file of a field, in the order sent.
    public func all(_ name: String) -> [UploadedFile] { list.filter { $0.name == name } }

    public func contains(_ name: String) -> Bool { list.contains { $0.name == name } }

    /// The names of the fields, each once, in order.
    public var names: [String] {
        var seen: Set<String> = []
        return list.compactMap { seen.insert($0.name).inserted ? $0.name : nil }
    }
}
