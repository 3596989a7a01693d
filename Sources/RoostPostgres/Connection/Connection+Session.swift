import CLibPQ

extension Connection {
    /// Gives a new session its parameters.
    ///
    /// By statements, not in the startup packet: PgBouncer refuses `options` there, and the URL may have its own.
    func setSessionParameters(_ handle: OpaquePointer, _ sql: SQL, _ site: CallSite) throws(QueryError) {
        // Behind a pooler in transaction mode the next statement may meet another session.
        guard settings.pooler == .session else { return }
        for (name, value) in settings.sessionParameters {
            do throws(QueryError) {
                PQclear(try checked(Self.setConfig(handle, name, value), sql, site, handle))
            } catch {
                var error = error
                error.message = "the session parameter \(name) cannot be \"\(value)\": \(error.message)"
                close()
                throw error
            }
        }
    }

    private static func setConfig(_ handle: OpaquePointer, _ name: String, _ value: String) -> OpaquePointer? {
        name.withCString { name in
            value.withCString { value in
                PQexecParams(handle, "SELECT pg_catalog.set_config($1, $2, false)", 2, nil, [name, value], nil, nil, 0)
            }
        }
    }
}
