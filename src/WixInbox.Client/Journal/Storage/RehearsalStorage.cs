using WixInbox.Files;

namespace WixInbox.Journal;

/// <summary>
/// A copy of a journal in memory, for a run that sends nothing: what is written to it is written nowhere.
/// </summary>
internal sealed class RehearsalStorage : IJournalStorage
{
    private readonly MemoryStream _copy = new();

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

        if (File.Exists(path))
        {
            using var file = FileStorage.OpenRead(path);
            file.CopyTo(_copy);
        }
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public long Length => _copy.Length;

    /// <inheritdoc/>
    public Stream OpenRead() => new MemoryStream(_copy.ToArray(), writable: false);

    /// <inheritdoc/>
    public void Cut(long length) => _copy.SetLength(length);

    /// <inheritdoc/>
    public void Append(byte[] buffer, int count)
    {
        _copy.Position = _copy.Length;
        _copy.Write(buffer, 0, count);
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
