/// The call tree as text.
enum TreeText {
    /// - Parameters:
    ///   - least: share of the whole below which a branch is left out, from 0 to 1.
    ///   - lines: how many lines at most.
    static func text(_ stacks: WeightedStacks, least: Double = 0.01, lines: Int = 200) -> String {
        let tree = CallTree(stacks.withoutPlumbing())
        var writer = Writer(tree: tree, least: Int64(Double(tree.nodes[0].total) * least), lines: lines)
        for child in tree.nodes[0].children { writer.write(child, depth: 0) }
        return writer.text + (writer.left > 0 ? "" : "  … \(lines) lines shown\n")
    }

    private struct Writer {
        let tree: CallTree
        let least: Int64
        var left: Int
        var text = ""

        init(tree: CallTree, least: Int64, lines: Int) {
            self.tree = tree
            self.least = least
            left = lines
        }

        /// A chain of only children stays at one depth, and of the frames of libraries in it only the first and the
        /// last are shown: deep plumbing would walk off the page.
        mutating func write(_ place: Int, depth: Int, hidden: Int? = nil) {
            let node = tree.nodes[place]
            guard node.total >= least, left > 0 else { return }
            let isChain = node.children.count == 1 && node.own == 0
            if let hidden, isChain, isForeign(place), isForeign(node.children[0]) {
                return write(node.children[0], depth: depth, hidden: hidden + 1)
            }
            line(node, depth: depth, hidden: hidden ?? 0)
            for child in node.children {
                write(child, depth: depth + (isChain ? 0 : 1), hidden: isChain && isForeign(place) ? 0 : nil)
            }
        }

        private mutating func line(_ node: CallTree.Node, depth: Int, hidden: Int) {
            left -= 1
            text += Column.right(Column.milliseconds(node.total), 10)
            text += Column.right(Column.percent(node.total, of: tree.nodes[0].total), 7) + " %  "
            text += String(repeating: "  ", count: min(depth, 60))
            text += "\(node.frame.label)\(hidden > 0 ? "  (\(hidden) frames above)" : "")\n"
        }

        private func isForeign(_ place: Int) -> Bool { ![.own, .span].contains(tree.nodes[place].frame.kind) }
    }
}
