internal import ArgumentParser

/// `run`: benchmarks in process, without sockets.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "run", abstract: "Measures the rooms in process.")

    func run() throws {}
}
