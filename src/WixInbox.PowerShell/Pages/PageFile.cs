using System.Management.Automation;
using System.Text;
using WixInbox.Errors;

namespace WixInbox.Pages;

/// <summary>
/// Writes a page to a file, as PowerShell's own cmdlets write theirs: what is there is replaced, unless -NoClobber.
/// </summary>
/// <param name="cmdlet">The cmdlet: it is asked whether to write (-WhatIf, -Confirm), and told what went wrong.</param>
internal sealed class PageFile(PSCmdlet cmdlet)
{
    // Without a mark, as other files are. The page itself names its encoding.
    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Gets a value indicating whether a file that is there stays as it is, and is an error.</summary>
    public bool NoClobber { get; init; }

    /// <summary>Gets a value indicating whether a file that is there is replaced even if it may only be read.</summary>
    public bool Force { get; init; }

    /// <summary>Writes a page.</summary>
    /// <param name="path">The full name.</param>
    /// <param name="page">The page.</param>
    /// <returns>
    /// The file, as Get-Item gives it; null if it was not written: there is an error then, unless the user declined.
    /// </returns>
    public PSObject? Write(string path, Page page) => Write(path, page, () => Open(path));

    /// <summary>
    /// Writes a page to a new file in the folder for temporary ones, which its user alone can read: others may look
    /// into that folder.
    /// </summary>
    /// <returns>The same as from <see cref="Write(string, Page)"/>.</returns>
    public PSObject? WriteTemporary(Page page)
    {
        var path = Path.Combine(Path.GetTempPath(), $"WixInbox-{Guid.NewGuid():N}.html");
        return Write(path, page, () => OpenPrivate(path));
    }

    private PSObject? Write(string path, Page page, Func<FileStream> open)
    {
        try
        {
            // That of any run: who has been written to is said nowhere else.
            if (JournalReader.IsJournal(path))
            {
                cmdlet.WriteError(PathErrors.IsJournal(path, "page", "Path"));
                return null;
            }

            if (NoClobber && File.Exists(path))
            {
                cmdlet.WriteError(PageErrors.Exists(path));
                return null;
            }

            if (!cmdlet.ShouldProcess(path, "Write page"))
            {
                return null;
            }

            using (var writer = new StreamWriter(open(), s_encoding))
            {
                page.Write(writer);
            }

            return cmdlet.InvokeProvider.Item.Get([path], force: true, literalPath: true)[0];
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            cmdlet.WriteError(PageErrors.Unwritable(path, exception));
            return null;
        }
    }

    private FileStream Open(string path)
    {
        if (Force && new FileInfo(path) is { Exists: true, IsReadOnly: true } file)
        {
            file.IsReadOnly = false;
        }

        return new FileStream(path, NoClobber ? FileMode.CreateNew : FileMode.Create, FileAccess.Write, FileShare.Read);
    }

    private static FileStream OpenPrivate(string path)
    {
#if !NETFRAMEWORK
        if (!OperatingSystem.IsWindows())
        {
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
#endif

        // On Windows the folder is the user's own.
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write);
    }
}
