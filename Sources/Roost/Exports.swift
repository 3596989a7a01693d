// Whoever writes an app imports Roost alone, and can use its logger.
@_exported public import Logging
@_exported public import RoostHTTP
@_exported public import RoostMarkup
@_exported public import RoostSigning
