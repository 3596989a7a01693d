internal import RoostHTTP

/// A profile as it was read back from its files.
public struct StoredProfile {
    public let name: ProfileName
    public let method: String
    public let path: String
    public let status: Int
    public let requestID: String
    /// Why it was kept: the words, and the kinds, which are `ProfileReason.Kind`'s.
    public let reasons: String
    public let kinds: [String]
    public let hertz: Int
    public let samples: Int
    let stacks: WeightedStacks
    /// Lines of the stacks that are none, and were left out.
    let damagedLines: Int
}

extension ProfileFolder {
    /// Reads the head of a profile: everything but its stacks.
    func head(_ name: ProfileName) throws -> StoredProfile { try read(name, withStacks: false) }

    /// The head of a profile, nil when the quota has removed it meanwhile.
    func existingHead(_ name: ProfileName) throws -> StoredProfile? {
        do {
            return try head(name)
        } catch let error as ProfileFileError where error.isMissing {
            return nil
        }
    }

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
        var read = (stacks: WeightedStacks(), badLines: 0)
        if withStacks {
            let bytes = try SystemFile.read(self.path(of: name.text, .collapsed))
            read = CollapsedStacks.parse(bytes, period: 1_000_000_000 / Int64(hertz))
        }
        return StoredProfile(
            name: name, method: head["method"]?.string ?? "", path: head["path"]?.string ?? "",
            status: head["status"]?.int ?? 0, requestID: head["request_id"]?.string ?? "",
            reasons: head["reasons"]?.string ?? "",
            kinds: (head["kept"]?.string ?? "").split(separator: ",").map { String($0) }, hertz: hertz,
            samples: head["samples"]?.int ?? 0, stacks: read.stacks, damagedLines: read.badLines)
    }
}

/// A file that holds something else than it should.
public struct ProfileFormatError: Error, CustomStringConvertible {
    public let description: String
}
