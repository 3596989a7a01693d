import Glibc
import Testing

@testable import RoostGateway

@Suite("The records of an answer")
struct RecordWriterTests {
    /// A record as the web server reads it.
    private struct Record: Equatable {
        let type: UInt8
        let id: Int
        let content: [UInt8]
        let padding: Int
    }

    /// What arrives at the other end of a connection, read by another thread while `body` writes.
    private func received(_ body: (RecordWriter) -> Bool) throws -> (records: [Record], sent: Bool) {
        var ends: [Int32] = [0, 0]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        let reader = Reader(ends[1])
        let sent = body(RecordWriter(descriptor: ends[0], requestID: 258, willWait: { _ in }))
        close(ends[0])
        return (records(reader.finish()), sent)
    }

    private func records(_ bytes: [UInt8]) -> [Record] {
        var records: [Record] = []
        var rest = bytes[...]
        while rest.count >= 8 {
            let head = Array(rest.prefix(8))
            let (length, padding) = (Int(head[4]) << 8 | Int(head[5]), Int(head[6]))
            let content = Array(rest.dropFirst(8).prefix(length))
            records.append(
                Record(type: head[1], id: Int(head[2]) << 8 | Int(head[3]), content: content, padding: padding))
            rest = rest.dropFirst(8 + length + padding)
        }
        #expect(rest.isEmpty, "bytes that belong to no record")
        return records
    }

    private func write(_ writer: RecordWriter, _ head: [UInt8], _ content: [UInt8], ends: Bool) -> Bool {
        head.withUnsafeBytes { head in content.withUnsafeBytes { writer.write(head: head, $0, ends: ends) } }
    }

    private let end = [
        Record(type: 6, id: 258, content: [], padding: 0),
        Record(type: 3, id: 258, content: [0, 0, 0, 0, 0, 0, 0, 0], padding: 0),
    ]

    @Test("head and content share a record, and the end follows it", arguments: [0, 1, 7, 8, 9, 21_222])
    func whole(_ count: Int) throws {
        let (head, content) = (Array("Status: 200 OK\r\n\r\n".utf8), (0..<count).map { UInt8(truncatingIfNeeded: $0) })
        let (records, sent) = try received { write($0, head, content, ends: true) }
        #expect(sent && records.first?.content == head + content && records.first?.type == 6)
        #expect(Array(records.dropFirst()) == end)
        let length = head.count + count
        #expect(records.first?.padding == (8 - length % 8) % 8)
    }

    @Test("what is longer than a record goes on in the next", arguments: [65_528 - 5, 65_528 - 4, 65_528, 300_000])
    func long(_ count: Int) throws {
        let (head, content) = ([1, 2, 3, 4, 5] as [UInt8], [UInt8](repeating: 7, count: count))
        let (records, sent) = try received { write($0, head, content, ends: true) }
        #expect(sent && records.dropLast(2).allSatisfy { $0.type == 6 && !$0.content.isEmpty })
        #expect(records.dropLast(2).flatMap(\.content) == head + content)
        #expect(Array(records.suffix(2)) == end)
    }

    @Test("a head as long as a record stands alone")
    func longHead() throws {
        let head = [UInt8](repeating: 9, count: 70_000)
        let (records, sent) = try received { write($0, head, [1], ends: true) }
        #expect(sent && records.dropLast(2).flatMap(\.content) == head + [1])
        #expect(Array(records.suffix(2)) == end)
    }

    @Test("nothing is no record: it would end the stream")
    func nothing() throws {
        let (records, sent) = try received { write($0, [], [], ends: false) }
        #expect(sent && records.isEmpty)
    }

    @Test("the end alone")
    func endAlone() throws {
        let (records, sent) = try received { write($0, [], [], ends: true) }
        #expect(sent && records == end)
    }

    @Test("a peer that has left is told of")
    func gone() throws {
        var ends: [Int32] = [0, 0]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        signal(SIGPIPE, SIG_IGN)
        close(ends[1])
        defer { close(ends[0]) }
        let writer = RecordWriter(descriptor: ends[0], requestID: 1, willWait: { _ in })
        #expect(!write(writer, [1], [2], ends: true))
    }
}
