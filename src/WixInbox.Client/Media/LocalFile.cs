using System.Security;
using System.Security.Cryptography;
using WixInbox.Files;
using WixInbox.Media;

namespace WixInbox;

/// <summary>
/// A file on this machine that is uploaded: what is known from reading it once. Whatever becomes of the file later,
/// this does not change.
/// </summary>
public sealed class LocalFile
{
    // A JPEG has its size after what cameras and programs add to it, which is seldom a tenth of this.
    private const int LongestHead = 1024 * 1024;

    private LocalFile(
        string path, long size, Hash128 hash, string mimeType, bool isImage, (int Width, int Height)? pixels)
    {
        Path = path;
        Size = size;
        Hash = hash;
        MimeType = mimeType;
        IsImage = isImage;
        Width = pixels?.Width;
        Height = pixels?.Height;
    }

    /// <summary>Gets the file's full name.</summary>
    public string Path { get; }

    /// <summary>Gets the file's name, without its folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Gets how many bytes it has.</summary>
    public long Size { get; }

    /// <summary>
    /// Gets its media type: that of its content if that is a PNG, JPEG, GIF or WebP image or a PDF document, else that
    /// which the ending of its name stands for; <c>application/octet-stream</c> if neither is known: Wix finds it out.
    /// </summary>
    public string MimeType { get; }

    /// <summary>Gets a value indicating whether its content is a PNG, JPEG, GIF or WebP image.</summary>
    public bool IsImage { get; }

    /// <summary>
    /// Gets the image's width in pixels as it is stored: EXIF's mark that a photo is to be turned is not looked at.
    /// </summary>
    public int? Width { get; }

    /// <summary>Gets the image's height in pixels as it is stored.</summary>
    public int? Height { get; }

    /// <summary>Gets what its content is known by.</summary>
    internal Hash128 Hash { get; }

    /// <summary>Reads a file and finds out what it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the reading. A large file takes a while.</param>
    /// <returns>What is known of it.</returns>
    /// <exception cref="LocalFileException">
    /// It is not there, cannot be read, is empty, or is not what the ending of its name says.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LocalFile Read(string path, CancellationToken cancellationToken = default)
    {
        var full = System.IO.Path.GetFullPath(path);
        return Guard(full, () =>
        {
            if (FileFacts.HasNoLength(full))
            {
                throw Empty(full);
            }

            using var stream = OpenRead(full);
            if (!stream.CanSeek || stream.Length == 0)
            {
                throw Empty(full);
            }

            var head = new byte[Math.Min(stream.Length, LongestHead)];
            var hash = HashOf(stream, head, cancellationToken);
            var type = FileTypes.OfContent(head, System.IO.Path.GetExtension(full));
            return new LocalFile(
                full, stream.Length, hash, MimeTypeOf(full, type), FileTypes.IsImage(type), ImageSize.Read(head));
        });
    }

    /// <summary>
    /// Opens the file, if it still is as long as it was. Whether it is the same is known when it has been read.
    /// </summary>
    /// <returns>The content, from its start.</returns>
    /// <exception cref="LocalFileException">It is not there any more, cannot be read, or was changed.</exception>
    internal Stream Open() => Guard(Path, () =>
    {
        if (FileFacts.HasNoLength(Path))
        {
            throw Changed();
        }

        var stream = OpenRead(Path);
        if (stream.CanSeek && stream.Length == Size)
        {
            return stream;
        }

        stream.Dispose();
        throw Changed();
    });

    /// <summary>Makes the exception for a file that is no longer the one that was looked at.</summary>
    internal LocalFileException Changed() =>
        new(LocalFileProblem.Changed, $"'{Path}' was changed after it had been looked at.");

    /// <summary>Makes the exception for a file that cannot be read.</summary>
    internal static LocalFileException Unreadable(string path, Exception exception) =>
        new(LocalFileProblem.Unreadable, $"'{path}' cannot be read: {exception.Message}", exception);

    private static LocalFileException Empty(string path) =>
        new(
            LocalFileProblem.Empty,
            $"'{path}' is empty, and Wix accepts no empty file. A pipe or a device counts as empty.");

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LocalFileException(LocalFileProblem.NotFound, $"There is no file '{path}'.", exception);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or NotSupportedException or SecurityException)
        {
            throw Directory.Exists(path)
                ? new LocalFileException(LocalFileProblem.NotFound, $"'{path}' is a folder and not a file.", exception)
                : Unreadable(path, exception);
        }
    }

    // Others may read it, and not write to it, as long as it is open; Windows alone sees to that.
    private static FileStream OpenRead(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);

    private static Hash128 HashOf(FileStream stream, byte[] head, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[81_920];
        var at = 0;
        int read;
        while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            var kept = Math.Min(read, head.Length - at);
            Array.Copy(buffer, 0, head, at, kept);
            at += kept;
        }

        return Hash128.FromDigest(hash.GetHashAndReset());
    }

    private static string MimeTypeOf(string path, FileType? content)
    {
        var ending = System.IO.Path.GetExtension(path);
        var named = FileTypes.OfEnding(ending);
        var other = FileTypes.MimeTypeOf(ending);
        if (content == named)
        {
            return content?.MimeType ?? other ?? FileTypes.Unknown;
        }

        // An ending that stands for nothing contradicts nothing.
        if (content is not null && named is null && other is null)
        {
            return content.MimeType;
        }

        throw new LocalFileException(
            LocalFileProblem.TypeMismatch,
            content is null
                ? $"'{path}' is not {named!.Name}, as its ending says. Give it the ending of what it is."
                : $"'{path}' is {content.Name}, and its ending says something else. "
                    + $"Wix takes it only under a name that ends in {content.Endings[0]}.");
    }
}
