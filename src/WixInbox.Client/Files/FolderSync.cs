using System.Runtime.InteropServices;
using System.Text;

namespace WixInbox.Files;

/// <summary>
/// Sees to it that a new file's name is on the disk: on Unix, a file that is synced may still not be in its folder
/// after a power cut.
/// </summary>
internal static class FolderSync
{
    /// <summary>Syncs a folder, where the system knows how to. .NET itself opens no folder.</summary>
    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            var file = Open(Encoding.UTF8.GetBytes(folder + "\0"), 0);
            if (file >= 0)
            {
                // Some file systems refuse to sync a folder, and do not need it.
                _ = FSync(file);
                _ = Close(file);
            }
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // A system with another C library: its file systems still write the name with the file, as all common ones
            // do.
        }
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FSync(int file);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int file);
}
