internal import Roost

/// What a request did while it was sampled, in one line.
enum PhaseText {
    static func text(_ samples: StackSamples) -> String {
        var times: [Int: Int64] = [:]
        for sample in samples.samples { times[sample.phase, default: 0] += sample.weight }
        let parts = phases.compactMap { phase, word in
            times[phase.rawValue].map {
                "\(word) \(Column.milliseconds($0)) ms (\(Column.percent($0, of: samples.total)) %)"
            }
        }
        return parts.isEmpty ? "none: no samples" : parts.joined(separator: ", ")
    }

    private static let phases: [(RequestPhase, String)] = [
        (.reading, "reading"), (.view, "view"), (.sql, "SQL"), (.rendering, "rendering"), (.writing, "writing"),
    ]
}
