/// Reads one-dimensional arrays in PostgreSQL's binary and text formats.
enum ArrayCell {
    static func decode<Element: ColumnDecodable>(
        _ cell: Cell, as: Element.Type
    ) throws(CellError) -> [Element] {
        guard let bytes = cell.bytes else { throw .null }
        guard let element = TypeID.element(of: cell.type) else {
            guard !cell.isBinary, bytes.first == UInt8(ascii: "{") else { throw .type }
            return try decodeText(bytes, element: TypeID.unknown)
        }
        return cell.isBinary ? try decodeBinary(cell, bytes) : try decodeText(bytes, element: element)
    }

    /// Header: dimensions, null flag, element type, then length and lower bound for each dimension.
    private static func decodeBinary<Element: ColumnDecodable>(
        _ cell: Cell, _ bytes: UnsafeRawBufferPointer
    ) throws(CellError) -> [Element] {
        guard bytes.count >= 12 else { throw .value("array header is too short") }
        let dimensions: Int32 = cell.integer(in: bytes)
        if dimensions == 0 { return [] }
        guard dimensions == 1, bytes.count >= 20 else { throw .value("only one-dimensional arrays are read") }
        let type: UInt32 = cell.integer(at: 8, in: bytes)
        let count: Int32 = cell.integer(at: 12, in: bytes)
        var offset = 20
        var out: [Element] = []
        for _ in 0..<max(count, 0) {
            guard offset + 4 <= bytes.count else { throw .value("array is cut short") }
            let length = Int(cell.integer(at: offset, in: bytes) as Int32)
            offset += 4
            guard offset + max(length, 0) <= bytes.count else { throw .value("array is cut short") }
            let part = length < 0 ? nil : UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length])
            out.append(try Element.decode(Cell(bytes: part, type: type, isBinary: true)))
            offset += max(length, 0)
        }
        return out
    }

    private static func decodeText<Element: ColumnDecodable>(
        _ bytes: UnsafeRawBufferPointer, element type: UInt32
    ) throws(CellError) -> [Element] {
        var out: [Element] = []
        for item in try splitText(bytes) {
            guard var item else {
                out.append(try Element.decode(Cell(bytes: nil, type: type, isBinary: false)))
                continue
            }
            item.append(0)
            let decoded: Result<Element, CellError> = item.withUnsafeBytes { whole in
                let part = UnsafeRawBufferPointer(rebasing: whole.dropLast())
                do throws(CellError) {
                    return .success(try Element.decode(Cell(bytes: part, type: type, isBinary: false)))
                } catch {
                    return .failure(error)
                }
            }
            out.append(try decoded.get())
        }
        return out
    }

    /// `{1,NULL,"a,b"}`: the items' bytes, nil for NULL.
    static func splitText(_ bytes: UnsafeRawBufferPointer) throws(CellError) -> [[UInt8]?] {
        guard bytes.count >= 2, bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") else {
            throw .value("not an array literal")
        }
        var items: [[UInt8]?] = []
        var item: [UInt8] = []
        var (quoted, wasQuoted, escaped) = (false, false, false)
        func finish() { items.append(!wasQuoted && item == Array("NULL".utf8) ? nil : item) }
        for byte in bytes[1..<bytes.count - 1] {
            switch byte {
            case _ where escaped: (escaped, item) = (false, item + [byte])
            case UInt8(ascii: "\\"): escaped = true
            case UInt8(ascii: "\""): (quoted, wasQuoted) = (!quoted, true)
            case UInt8(ascii: ",") where !quoted:
                finish()
                (item, wasQuoted) = ([], false)
            case UInt8(ascii: "{") where !quoted: throw .value("only one-dimensional arrays are read")
            default: item.append(byte)
            }
        }
        if bytes.count > 2 { finish() }
        return items
    }
}
