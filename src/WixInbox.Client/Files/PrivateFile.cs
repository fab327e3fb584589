using System.Security.AccessControl;
using System.Security.Principal;
#if !NETFRAMEWORK
using System.Runtime.Versioning;
#endif

namespace WixInbox.Files;

/// <summary>Opens a file to read and write; one that is not there is made so that its user alone can open it.</summary>
internal static class PrivateFile
{
    public static FileStream Open(string path, FileShare share)
    {
#if NETFRAMEWORK
        // Mono, under which the tests of this edition may run elsewhere, has no such lists of access.
        return Environment.OSVersion.Platform == PlatformID.Win32NT
            ? new FileStream(
                path,
                FileMode.OpenOrCreate,
                FileSystemRights.Read | FileSystemRights.Write,
                share,
                1,
                FileOptions.None,
                ForUserAlone())
            : new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share, 1);
#else
        if (OperatingSystem.IsWindows())
        {
            return new FileInfo(path).Create(
                FileMode.OpenOrCreate,
                FileSystemRights.Read | FileSystemRights.Write,
                share,
                1,
                FileOptions.None,
                ForUserAlone());
        }

        return new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = share,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
#endif
    }

#if !NETFRAMEWORK
    [SupportedOSPlatform("windows")]
#endif
    private static FileSecurity ForUserAlone()
    {
        using var user = WindowsIdentity.GetCurrent();
        var security = new FileSecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(
            new FileSystemAccessRule(user.User!, FileSystemRights.FullControl, AccessControlType.Allow));
        return security;
    }
}
