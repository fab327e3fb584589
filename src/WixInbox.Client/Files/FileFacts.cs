namespace WixInbox.Files;

/// <summary>What can be known of a file before it is read.</summary>
internal static class FileFacts
{
    /// <summary>
    /// Gets the file that a name stands for in the end, where the name is a link's. .NET Framework does not tell.
    /// </summary>
    public static string Target(string path) =>
#if NETFRAMEWORK
        path;
#else
        new FileInfo(path) is { LinkTarget: not null } link
            ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName
            : path;
#endif

    /// <summary>
    /// Tells whether there is nothing to be read in a file, as far as the system says: it is empty, or it is a pipe or
    /// a device. .NET tells none of these from the others, and none of them should be opened to be read: on Unix, a
    /// pipe does not open before somebody writes to it, and a device may have no end.
    /// </summary>
    public static bool HasNoLength(string path) =>
        !OperatingSystem.IsWindows() && new FileInfo(Target(path)) is { Exists: true, Length: 0 };

    /// <summary>
    /// Tells whether a file is a pipe. Opened to be read and written, as it is here, it opens at once.
    /// </summary>
    public static bool IsPipe(string path)
    {
        if (!HasNoLength(path))
        {
            return false;
        }

        using var file = new FileStream(
            path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 1);
        return !file.CanSeek;
    }
}
