public import Roost
public import RoostPostgres

extension App {
    /// Runs a test on the app's database that leaves nothing there.
    ///
    ///     try makeApp(settings).withTestDatabase { client, database in
    ///         try User(username: "john").insert(in: database)
    ///         #expect(client.get("/user/john").status == .ok)
    ///     }
    ///
    /// All requests of all the app's test clients, what they leave for after the response, and what the test does by
    /// itself happen on one connection, inside one transaction that is rolled back at the end. Views notice nothing of
    /// it: what one commits the next one sees, what fails undoes only itself. The tables must be there, or be made by
    /// the test; they go with it then. ``Connection/withSandbox(serialized:file:line:function:_:)`` tells what cannot
    /// be tested this way.
    ///
    /// - Parameters:
    ///   - serialized: Lets tests of one database take turns; false for tests that never write the same unique keys.
    ///   - body: The test, with a client and the database of the app.
    /// - Throws: what `body` throws; `SetupError` when the app has no database, or runs in production.
    @discardableResult
    public func withTestDatabase<Output>(
        serialized: Bool = true, file: StaticString = #fileID, line: Int = #line,
        _ body: (TestClient, Connection) throws -> Output
    ) throws -> Output {
        let site = Roost.CallSite(file: file, line: line)
        guard let connection = database?.connection else {
            throw SetupError(
                "withTestDatabase: the app \"\(name)\" has no database. Call useDatabase(settings) in makeApp().",
                at: site)
        }
        guard !servesOthers else {
            throw SetupError(
                "withTestDatabase: the app \"\(name)\" runs in production. Make it with settings of the environment "
                    + "testing, and a database for tests.", at: site)
        }
        // Hundreds of tests, each with an app of its own, must not add up to hundreds of open connections.
        defer { connection.close() }
        return try connection.withSandbox(serialized: serialized, file: "\(file)", line: line) {
            try body(testClient(), connection)
        }
    }
}

extension App {
    /// The settings name an environment, and it is production. An app without that setting is a test's own.
    private var servesOthers: Bool {
        settings.known.contains { $0.key == Setting.appEnvironment.key } && settings.environment == .production
    }
}
