internal import ArgumentParser

/// `query SECONDS`: the data layer alone, in the form that the comparison with libpq reads.
struct QueryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Measures rows per second through the data layer, as JSON.",
        discussion: """
            The database is named by the PG* variables and holds Flasky's table of 1,000 users. pk_… reads one row \
            by primary key at a time, scan_… 1,000 rows of six columns; …_binary reads columns by position, \
            …_codable through Codable.
            """)

    @Argument(help: "Seconds for each case.")
    var seconds = 2.0

    @Option(help: "Instead: this many statements one after the other, and the memory after a tenth and after all.")
    var memory: Int?

    func validate() throws {
        guard (0.05...600).contains(seconds) else { throw ValidationError("SECONDS is a number from 0.05 to 600.") }
        guard memory.map({ $0 >= 10 }) ?? true else { throw ValidationError("--memory takes a number from 10 up.") }
    }

    func run() throws {
        var benchmark = QueryBenchmark()
        guard let memory else { return print(try benchmark.run(seconds: seconds)) }
        let (before, after) = try benchmark.memory(statements: memory)
        print("{\"memory\": {\"statements\": \(memory), \"before_kb\": \(before), \"after_kb\": \(after)}}")
    }
}
