using WixInbox.Files;

namespace WixInbox.Journal;

/// <summary>A journal on the disk, and its lock.</summary>
internal sealed class FileStorage : IJournalStorage
{
    private readonly JournalLock _lock;
    private readonly FileStream _file;
    private bool _isNew;

    private FileStorage(string path, JournalLock held, FileStream file)
    {
        Path = path;
        _lock = held;
        _file = file;
        _isNew = file.Length == 0;
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public long Length => _file.Length;

    /// <summary>Gets the full name of a file.</summary>
    /// <param name="path">The path, which the system may take for none.</param>
    /// <param name="refuse">Makes the exception for one that it refuses, as for a null character in it.</param>
    /// <exception cref="JournalException">The system refuses it.</exception>
    public static string FullName(string path, Func<string, Exception, JournalException> refuse)
    {
        try
        {
            return System.IO.Path.GetFullPath(path);
        }
        catch (Exception exception)
            when (exception is ArgumentException and not ArgumentNullException
                or NotSupportedException or PathTooLongException)
        {
            throw refuse(path, exception);
        }
    }

    /// <summary>Opens a file for its only writer. What is in it stays as it is.</summary>
    /// <returns>The storage; null if another run has it.</returns>
    /// <exception cref="JournalException">It is a pipe.</exception>
    public static FileStorage? TryOpen(string path)
    {
        // Two names of one file have one lock.
        var file = FileFacts.Target(path);
        if (FileFacts.IsPipe(file))
        {
            throw JournalException.Pipe(path);
        }

        var held = JournalLock.TryTake(file);
        if (held is null)
        {
            return null;
        }

        try
        {
            return new FileStorage(path, held, PrivateFile.Open(file, FileShare.Read));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens a file for reading, also while a run writes it. A pipe or a device reads as an empty file.
    /// </summary>
    public static Stream OpenRead(string path) =>
        FileFacts.HasNoLength(path)
            ? new MemoryStream([], writable: false)
            : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);

    /// <inheritdoc/>
    public Stream OpenRead() => OpenRead(Path);

    /// <inheritdoc/>
    public void Cut(long length) => _file.SetLength(length);

    /// <inheritdoc/>
    public void Append(byte[] buffer, int count)
    {
        _file.Seek(0, SeekOrigin.End);
        _file.Write(buffer, 0, count);
        _file.Flush();
    }

    /// <inheritdoc/>
    public void Sync()
    {
        _file.Flush(flushToDisk: true);
        if (_isNew)
        {
            FolderSync.Sync(System.IO.Path.GetDirectoryName(FileFacts.Target(Path))!);
            _isNew = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _lock.Dispose();
    }
}
