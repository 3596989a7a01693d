import Glibc

/// Reads everything off a descriptor in a thread of its own.
final class Reader: @unchecked Sendable {
    private var bytes: [UInt8] = []
    private let descriptor: Int32
    private var thread = pthread_t()

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        pthread_create(
            &thread, nil,
            { pointer in
                Unmanaged<Reader>.fromOpaque(pointer!).takeUnretainedValue().readAll()
                return nil
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    private func readAll() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count <= 0 { return }
            bytes += buffer.prefix(count)
        }
    }

    func finish() -> [UInt8] {
        pthread_join(thread, nil)
        close(descriptor)
        return bytes
    }
}
