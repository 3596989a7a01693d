/// The variables of one running function: a template's root, a block, a macro, a recursive loop.
final class Frame {
    let slots: UnsafeMutablePointer<TemplateValue>
    private let count: Int
    /// The frame in which a macro or recursive loop was defined.
    let parent: Frame?

    init(count: Int, parent: Frame?) {
        self.count = count
        self.parent = parent
        slots = .allocate(capacity: max(count, 1))
        slots.initialize(repeating: .none, count: count)
    }

    deinit {
        slots.deinitialize(count: count)
        slots.deallocate()
    }

    func ancestor(_ hops: Int) -> Frame {
        var frame = self
        for _ in 0..<hops {
            guard let parent = frame.parent else { return frame }
            frame = parent
        }
        return frame
    }
}
