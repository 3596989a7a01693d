internal import ArgumentParser
internal import Roost
internal import RoostProfiler

/// The options with which the `profiles` commands choose among the profiles.
struct ProfilesOptions: ParsableArguments {
    @OptionGroup var settings: SettingsOptions

    @Option(help: ArgumentHelp("Folder of the profiles; default profiler.folder.", valueName: "folder"))
    var profileDir: String?

    @Option(help: "Only requests to this endpoint.")
    var endpoint: String?

    @Option(help: ArgumentHelp("Only requests of the last time, such as 1h.", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("Only requests that took as long, such as 500ms.", valueName: "time"))
    var slowerThan: String?

    @Option(help: ArgumentHelp("Only the request with this id, from the access or slow-query log.", valueName: "id"))
    var request: String?

    @Option(help: ArgumentHelp(
        "Only those kept for this: slow, failed, token, statement, sampled or app.", valueName: "reason"))
    var kept: String?

    func validate() throws {
        guard kept == nil || reason != nil else {
            let all = ProfileReason.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--kept takes one of: \(all).")
        }
    }

    private var reason: ProfileReason.Kind? { kept.flatMap { ProfileReason.Kind(rawValue: $0) } }

    func folder<A: Application>(for application: A.Type) throws -> ProfileFolder {
        if let profileDir { return ProfileFolder(profileDir) }
        guard let path = try settings.load(for: A.self).optionalText("profiler.folder") else {
            throw CommandFailure("profiler.folder is empty: name a folder with --profile-dir", status: 2)
        }
        return ProfileFolder(path)
    }

    func query(_ names: [String] = []) throws -> ProfileQuery {
        var query = ProfileQuery()
        query.names = names
        query.endpoint = endpoint
        query.since = try since.map { try Self.duration($0, "--since") }
        let least = try slowerThan.map { try Self.duration($0, "--slower-than") } ?? .zero
        query.slowerThan = Int(least / .milliseconds(1))
        query.requestID = request
        query.kept = reason
        return query
    }

    /// A time as the settings write it.
    static func duration(_ text: String, _ option: String) throws -> Duration {
        let setting = Setting("time", .duration, nil, "")
        if let complaint = setting.complaint(about: [text]) {
            throw CommandFailure("\(option) \(complaint)", status: 2)
        }
        return try Settings(known: [setting], ["time": text]).duration("time")
    }
}

extension ProfileSet {
    /// The profiles a command asks for. None is a failure: an empty table would look like an answer.
    static func load(
        _ folder: ProfileFolder, _ query: ProfileQuery, continuous: Bool = false
    ) throws -> ProfileSet {
        do {
            let set = try continuous ? ProfileSet(continuousIn: folder, query) : ProfileSet(folder, query)
            guard !set.isEmpty else { throw CommandFailure("no such profiles with samples in \(folder.path)") }
            return set
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure("\(error)")
        }
    }
}
