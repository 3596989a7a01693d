extension WeightedStacks {
    /// Without the outermost frames that only say how a request came to the application: the pool, the gateway, the
    /// dispatch. What the application did, and what Roost did beside it, stays.
    func withoutPlumbing() -> WeightedStacks {
        let cut = WeightedStacks(frames: frames, stacks: stacks.map { (withoutServer($0.path), $0.weight) })
        return cut.dropping(cut.plumbingDepth)
    }

    /// What leads to the app. The endpoint in front of a continuous profile's stacks stays.
    private func withoutServer(_ path: [Int]) -> [Int] {
        guard let place = path.firstIndex(where: { frames[$0] == Self.app }) else { return path }
        let endpoint = path.prefix { frames[$0].module == Frame.endpoint }
        return Array(endpoint + path[place...])
    }

    /// How many of the outermost frames all stacks share before one is the application's own. One frame is left of
    /// every stack.
    private var plumbingDepth: Int {
        guard let first = stacks.first?.path else { return 0 }
        var shared = first.prefix { ![.own, .span].contains(frames[$0].kind) }.count
        for (path, _) in stacks {
            var same = 0
            while same < min(shared, path.count - 1), path[same] == first[same] { same += 1 }
            shared = same
        }
        return shared
    }

    /// Without so many of the outermost frames.
    private func dropping(_ count: Int) -> WeightedStacks {
        guard count > 0 else { return self }
        return WeightedStacks(frames: frames, stacks: stacks.map { (Array($0.path.dropFirst(count)), $0.weight) })
    }

    private static let app = Frame(module: "Roost", name: "App.respond(to:)")
}
