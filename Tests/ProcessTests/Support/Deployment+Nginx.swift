import Foundation

extension Deployment {
    /// Starts nginx with the shipped development configuration on a free port of the loopback.
    func startNginx() throws {
        port = try Self.freePort()
        let configuration = "\(folder)/nginx.conf"
        try FileManager.default.createDirectory(atPath: "\(folder)/tmp", withIntermediateDirectories: true)
        try rendered().write(toFile: configuration, atomically: false, encoding: .utf8)
        let log = log("nginx-error")
        let server = try ChildProcess(
            try Programs.system("nginx"), ["-e", log, "-c", configuration], log: "\(folder)/nginx")
        nginx = server
        try wait(until: "nginx accepts connections") {
            if server.hasEnded { throw Failure("nginx ended: \(Files.text(log))\(Files.text(server.errors))") }
            return (try? Socket(port: port)) != nil
        }
    }

    /// As deploy/lib/configuration.sh fills it in. As root, nginx's workers stay root: the folder is ours alone.
    private func rendered() throws -> String {
        var text = try String(contentsOfFile: "\(Programs.root)/nginx/dev.conf", encoding: .utf8)
        let words = [
            ("@USER_LINE@", Programs.isRoot ? "user root root;" : ""), ("@PORT@", "\(port)"), ("@ROOT@", Programs.root),
            ("@VAR@", folder), ("@RUN@", folder), ("@LOG@", folder), ("@SOCKET@", socket),
        ]
        for (word, value) in words { text = text.replacingOccurrences(of: word, with: value) }
        return text
    }

    private static func freePort() throws -> Int {
        let descriptor = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 ? getsockname(descriptor, $0, &size) : -1
            }
        }
        guard result == 0 else { throw Failure("there is no free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
