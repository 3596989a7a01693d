/// Stacks put together from the outside in: who called whom, and for how long.
struct CallTree {
    struct Node {
        let frame: Frame
        var total: Int64 = 0
        /// Time in the function itself.
        var own: Int64 = 0
        var children: [Int] = []
    }

    /// The first is the root: everything.
    private(set) var nodes: [Node]

    init(_ stacks: WeightedStacks, root: Frame = Frame(module: "", name: "all")) {
        nodes = [Node(frame: root)]
        var childOf: [Step: Int] = [:]
        for (path, weight) in stacks.stacks {
            var place = 0
            nodes[0].total += weight
            for number in path {
                let step = Step(parent: place, frame: number)
                if let known = childOf[step] {
                    place = known
                } else {
                    nodes.append(Node(frame: stacks.frames[number]))
                    childOf[step] = nodes.count - 1
                    nodes[place].children.append(nodes.count - 1)
                    place = nodes.count - 1
                }
                nodes[place].total += weight
            }
            nodes[place].own += weight
        }
        for place in nodes.indices { sortChildren(of: place) }
    }

    private struct Step: Hashable {
        let parent: Int
        let frame: Int
    }

    private mutating func sortChildren(of place: Int) {
        let nodes = nodes
        self.nodes[place].children.sort { one, other in
            nodes[one].total == nodes[other].total
                ? nodes[one].frame.text < nodes[other].frame.text : nodes[one].total > nodes[other].total
        }
    }
}
