/// Where the boxes of a flame graph stand: shares of the width, and rows from the top.
struct FlameLayout {
    struct Box {
        let frame: Frame
        let row: Int
        /// From 0 to 1.
        let left: Double
        let width: Double
        let total: Int64
        let own: Int64
    }

    let boxes: [Box]
    let rows: Int
    let total: Int64

    /// - Parameter least: narrower boxes are left out; a share of the width.
    init(_ stacks: WeightedStacks, root: Frame, least: Double = 0.0005) {
        let tree = CallTree(stacks.withoutPlumbing(), root: root)
        let whole = Double(max(1, tree.nodes[0].total))
        var boxes: [Box] = []
        var deepest = 0
        var waiting: [(node: Int, row: Int, left: Double)] = [(0, 0, 0)]
        while let (number, row, left) = waiting.popLast() {
            let node = tree.nodes[number]
            let width = Double(node.total) / whole
            guard width >= least || row == 0 else { continue }
            deepest = max(deepest, row)
            boxes.append(Box(frame: node.frame, row: row, left: left, width: width, total: node.total, own: node.own))
            var place = left
            for child in node.children {
                waiting.append((child, row + 1, place))
                place += Double(tree.nodes[child].total) / whole
            }
        }
        self.boxes = boxes
        rows = deepest + 1
        total = tree.nodes[0].total
    }
}
