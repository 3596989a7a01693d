internal import Glibc

/// Whole seconds since 1970, as signed values carry them.
public enum UnixTime {
    /// The time now.
    public static var now: Int64 { Int64(time(nil)) }
}
