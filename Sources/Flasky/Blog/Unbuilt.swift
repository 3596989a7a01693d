internal import Roost

/// Stands where a view is being built.
func unbuilt() throws -> Response { throw HTTPError(501) }
