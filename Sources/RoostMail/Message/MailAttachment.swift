/// A file that goes with a mail.
public struct MailAttachment: Sendable {
    public var filename: String
    /// The media type: `image/png`.
    public var contentType: String
    public var bytes: [UInt8]
    /// The name by which the HTML shows it: `<img src="cid:logo">`; nil for a file beside the text.
    public var contentID: String?

    public init(filename: String, contentType: String, bytes: [UInt8], contentID: String? = nil) {
        self.filename = filename
        self.contentType = contentType
        self.bytes = bytes
        self.contentID = contentID
    }

    func check() throws(MailError) {
        try HeaderText.check(filename, in: "the name of an attachment")
        try HeaderText.check(contentType, in: "the type of an attachment")
        let parts = contentType.utf8.prefix { $0 != UInt8(ascii: ";") }.split(separator: UInt8(ascii: "/"))
        guard parts.count == 2 else {
            throw MailError(.invalidMessage, "\(contentType.debugDescription) is no media type for an attachment")
        }
        if let contentID {
            let isPlain = contentID.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>()\"".utf8.contains($0) }
            guard isPlain, !contentID.isEmpty else {
                throw MailError(.invalidMessage, "\(contentID.debugDescription) cannot name an attachment")
            }
        }
    }
}
