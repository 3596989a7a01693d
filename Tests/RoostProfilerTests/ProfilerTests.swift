import Testing

/// Everything here shares the one sampler of the process, so it runs one after the other.
@Suite("The profiler", .serialized)
enum ProfilerTests {}
