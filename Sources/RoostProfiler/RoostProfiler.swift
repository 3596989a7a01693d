/// Samples requests while they run.
enum RoostProfiler {}
