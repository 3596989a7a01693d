/// Files that commands make for people.
public enum ProfileOutput {
    /// Writes a text, replacing a file of the name.
    /// - Throws: `ProfileFileError`; the file is as it was then.
    public static func write(_ text: String, to path: String) throws {
        try SystemFile.writeAtomically(Array(text.utf8), to: path, mode: 0o644)
    }
}
