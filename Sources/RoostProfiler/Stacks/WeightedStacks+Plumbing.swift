extension WeightedStacks {
    /// Without the outermost frames that only say how a request came to the application: the pool, the gateway, the
    /// dispatch. What the application did, and what Roost did beside it, stays.
    ///
    /// Each stack is cut by itself, so that two sets of stacks are cut alike and can be compared.
    func withoutPlumbing() -> WeightedStacks {
        WeightedStacks(frames: frames, stacks: stacks.map { (withoutPlumbing($0.path), $0.weight) })
    }

    /// The endpoint in front of a continuous profile's stacks stays.
    private func withoutPlumbing(_ path: [Int]) -> [Int] {
        let endpoint = path.prefix { frames[$0].module == Frame.endpoint }
        guard let app = path.firstIndex(where: { frames[$0] == Self.app }) else {
            let gateway = path.firstIndex { frames[$0] == Self.gateway } ?? endpoint.endIndex
            return Array(endpoint + path[gateway...])
        }
        let own = path[app...].firstIndex { [.own, .span].contains(frames[$0].kind) } ?? app
        return Array(endpoint + path[own...])
    }

    private static let app = Frame(module: "Roost", name: "App.respond(to:)")
    private static let gateway = Frame(module: "RoostGateway", name: "FastCGIGateway.serve(_:)")
}
