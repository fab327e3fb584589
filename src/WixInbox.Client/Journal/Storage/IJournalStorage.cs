namespace WixInbox.Journal;

/// <summary>
/// Where a journal's bytes are. What was appended is in the operating system's hands; what was synced outlasts a power
/// cut.
/// </summary>
internal interface IJournalStorage : IDisposable
{
    /// <summary>Gets the file's name, for messages.</summary>
    public string Path { get; }

    /// <summary>Gets how many bytes there are.</summary>
    public long Length { get; }

    /// <summary>Opens the bytes for reading, also while some are appended.</summary>
    /// <returns>A stream with a position that can be set, which the caller disposes of.</returns>
    public Stream OpenRead();

    /// <summary>Cuts off all after a length.</summary>
    public void Cut(long length);

    /// <summary>Adds bytes at the end. One call at a time.</summary>
    public void Append(byte[] buffer, int count);

    /// <summary>Waits until all that was appended is on the disk.</summary>
    public void Sync();
}
