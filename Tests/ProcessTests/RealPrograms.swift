import Testing

/// The programs as an operator runs them, behind the real nginx. One after the other: each has the machine to itself.
@Suite("The real programs", .serialized, .enabled(if: Programs.areThere))
enum RealPrograms {}
