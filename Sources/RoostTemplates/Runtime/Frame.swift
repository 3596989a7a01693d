/// The variables of one running function: a template's root, a block, a macro, a recursive loop.
final class Frame {
    private(set) var slots: UnsafeMutablePointer<TemplateValue>
    private var count = 0
    private var capacity = 16
    /// The frame in which a macro or recursive loop was defined.
    private(set) var parent: Frame?

    init() {
        slots = .allocate(capacity: capacity)
    }

    deinit {
        slots.deinitialize(count: count)
        slots.deallocate()
    }

    /// Makes an empty frame ready for a function.
    func prepare(count: Int, parent: Frame?) {
        if count > capacity {
            slots.deallocate()
            capacity = count
            slots = .allocate(capacity: count)
        }
        slots.initialize(repeating: .none, count: count)
        self.count = count
        self.parent = parent
    }

    /// Lets go of everything, so that the frame can be used again.
    func clear() {
        slots.deinitialize(count: count)
        count = 0
        parent = nil
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
