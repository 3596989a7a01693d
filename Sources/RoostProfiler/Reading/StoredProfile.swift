internal import RoostHTTP

/// A profile as it was read back from its files.
public struct StoredProfile {
    public let name: ProfileName
    public let method: String
    public let path: String
    public let status: Int
    public let requestID: String
    public let reasons: String
    public let hertz: Int
    public let samples: Int
    let stacks: WeightedStacks
}

extension ProfileFolder {
    /// Reads the head of a profile: everything but its stacks.
    func head(_ name: ProfileName) throws -> StoredProfile { try read(name, withStacks: false) }

    func profile(_ name: ProfileName) throws -> StoredProfile { try read(name, withStacks: true) }

    /// The report, as it was written.
    public func report(_ name: ProfileName) throws -> [UInt8] { try SystemFile.read(path(of: name.text, .text)) }

    private func read(_ name: ProfileName, withStacks: Bool) throws -> StoredProfile {
        let path = path(of: name.text, .trace)
        let json: JSONValue
        do {
            json = try JSONValue(parsing: try SystemFile.read(path))
        } catch let error as JSONError {
            throw ProfileFormatError(description: "\(path): not a trace: \(error)")
        }
        guard let head = json["otherData"], let hertz = head["hertz"]?.int, (1...1_000_000).contains(hertz) else {
            throw ProfileFormatError(description: "\(path): not written by the profiler: it has no otherData.hertz")
        }
        var stacks = WeightedStacks()
        if withStacks {
            let bytes = try SystemFile.read(self.path(of: name.text, .collapsed))
            stacks = CollapsedStacks.parse(bytes, period: 1_000_000_000 / Int64(hertz)).stacks
        }
        return StoredProfile(
            name: name, method: head["method"]?.string ?? "", path: head["path"]?.string ?? "",
            status: head["status"]?.int ?? 0, requestID: head["request_id"]?.string ?? "",
            reasons: head["reasons"]?.string ?? "", hertz: hertz, samples: head["samples"]?.int ?? 0, stacks: stacks)
    }
}

/// A file that holds something else than it should.
public struct ProfileFormatError: Error, CustomStringConvertible {
    public let description: String
}
