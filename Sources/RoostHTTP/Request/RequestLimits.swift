/// How much of a request is read before it is refused.
public struct RequestLimits: Sendable {
    /// Fields in a query or a form.
    public var fields = 1000
    /// Bytes of an urlencoded form, or of all fields of a multipart form together. Files do not count.
    public var formBytes: Int64 = 500_000
    /// Parts of a multipart form, files included.
    public var parts = 1000
    /// Bytes of the headers of one part of a multipart form.
    public var partHeaderBytes = 16 << 10
    /// Bytes of one uploaded file; the gateway's `http.max_body` bounds them all.
    public var fileBytes = Int64.max
    /// An uploaded file above this many bytes is kept on disk instead of in memory.
    public var fileSpoolAbove = 512 << 10
    /// Folder of the temporary files of uploads.
    public var spoolFolder = "/tmp"
    /// Bytes of a JSON body.
    public var jsonBytes: Int64 = 8_000_000
    /// Arrays and objects within each other in a JSON body.
    public var jsonDepth = 64

    public init() {}
}
