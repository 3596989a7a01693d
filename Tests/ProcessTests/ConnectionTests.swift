import Foundation
import Testing

extension RealPrograms {
    @Suite("Connections that keep others waiting")
    struct ConnectionTests {
        @Test("a hundred silent ones do not delay the next request")
        func silent() throws {
            try withDeployment { deployment in
                let silent = try (0..<100).map { _ in try Socket(path: deployment.socket) }
                let times = try (0..<3).map { _ in try time { try deployment.client.get("/hello") } }
                #expect(times.allSatisfy { $0.result.status == 200 })
                #expect(times.map(\.took).min() ?? .seconds(9) < .milliseconds(100))
                withExtendedLifetime(silent) {}
            }
        }

        @Test("a half-sent request is closed after header_timeout, and others are served meanwhile")
        func halfSent() throws {
            try withDeployment(.fixture, ["pool.header_timeout=700ms"]) { deployment in
                let whole = FastCGI.get("/hello")
                let cuts = [1, 7, 8, 12, 16, 20, 40]
                let half = try cuts.map { cut in
                    let socket = try Socket(path: deployment.socket)
                    socket.send(Array(whole[..<cut]))
                    return socket
                }
                let began = ContinuousClock.now
                #expect(try deployment.client.get("/hello").status == 200)
                for (cut, socket) in zip(cuts, half) { #expect(socket.isClosed(within: 5), "after \(cut) bytes") }
                #expect(ContinuousClock.now - began > .milliseconds(400))
                #expect(try deployment.client.get("/hello").status == 200)
                #expect(try deployment.event("connections_timed_out").int("count") ?? 0 > 0)
            }
        }

        @Test("a whole request by hand is answered")
        func byHand() throws {
            try withDeployment { deployment in
                let socket = try Socket(path: deployment.socket)
                socket.send(FastCGI.get("/hello"))
                let text = String(decoding: try socket.readToEnd(), as: UTF8.self)
                #expect(text.contains("Hello, World!"))
            }
        }

        @Test("workers held by slow views leave the fast requests alone")
        func slowViews() throws {
            try withDeployment(.fixture, ["pool.workers=4"]) { deployment in
                let slow = Load(["/sleep/1000"], clients: 2, port: deployment.port, seconds: 4)
                let fast = Load(["/hello"], clients: 8, port: deployment.port, seconds: 4)
                let samples = try fast.finish()
                samples.expectNoFailures()
                try slow.finish().expectNoFailures()
                let (p99, most) = (samples.percentile(0.99), samples.percentile(1))
                print("fast requests beside slow views: \(samples.count), p99 \(p99) ms, longest \(most) ms")
                #expect(p99 < 50)
            }
        }
    }
}
