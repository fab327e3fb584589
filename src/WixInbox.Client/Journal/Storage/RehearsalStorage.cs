using WixInbox.Files;

namespace WixInbox.Journal;

/// <summary>
/// A journal as it is read for a run that sends nothing: it is not locked, and what is written goes nowhere. A run that
/// writes it meanwhile may have written half a line, which is read as a torn one.
/// </summary>
internal sealed class RehearsalStorage : IJournalStorage
{
    /// <summary>Initializes a new instance of the <see cref="RehearsalStorage"/> class.</summary>
    /// <param name="path">The journal, which may not be there yet.</param>
    /// <exception cref="JournalException">It is a pipe.</exception>
    public RehearsalStorage(string path)
    {
        Path = path;
        if (FileFacts.IsPipe(path))
        {
            throw JournalException.Pipe(path);
        }

        Length = new FileInfo(FileFacts.Target(path)) is { Exists: true } file ? file.Length : 0;
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public long Length { get; }

    /// <inheritdoc/>
    public Stream OpenRead() =>
        Length == 0 ? new MemoryStream([], writable: false) : FileStorage.OpenRead(Path);

    /// <inheritdoc/>
    public void Cut(long length)
    {
    }

    /// <inheritdoc/>
    public void Append(byte[] buffer, int count)
    {
    }

    /// <inheritdoc/>
    public void Sync()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
