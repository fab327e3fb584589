using System.Runtime.InteropServices;
using WixInbox.Files;

namespace WixInbox.Journal;

/// <summary>
/// Keeps a second run out of a journal. The lock is on a file beside it, since on Unix .NET locks out writers only
/// together with readers, and a journal may be read while it is written. The system releases the lock when the process
/// ends, however it ends: a file that was left behind locks nobody out.
/// </summary>
internal sealed class JournalLock : IDisposable
{
    // About a second, or 15 where the system's timer ticks 64 times a second, as that of Windows usually does.
    private const int Tries = 1_000;

    private readonly FileStream _file;
    private readonly string _path;

    private JournalLock(FileStream file, string path)
    {
        _file = file;
        _path = path;
    }

    /// <summary>Takes the lock of a journal.</summary>
    /// <returns>What lets go of it; null if another run has it.</returns>
    public static JournalLock? TryTake(string journal)
    {
        var path = PathOf(journal);
        for (var tries = 0; tries < Tries; tries++)
        {
            try
            {
                if (TryOpen(path) is { } file)
                {
                    return new JournalLock(file, path);
                }
            }
            catch (IOException exception) when (IsInUse(exception))
            {
                if (IsHeld(journal))
                {
                    return null;
                }

                // Another process may only be asking, and holds the lock for a moment; asking does not keep others from
                // asking.
#pragma warning disable RS0030 // The file is another process's, whose clock is the machine's.
                Thread.Sleep(1);
#pragma warning restore RS0030
            }
        }

        return null;
    }

    /// <summary>
    /// Tells whether a run has a journal open, as far as can be told: a lock that may not be opened counts as held.
    /// </summary>
    public static bool IsHeld(string journal)
    {
        try
        {
            using var file = new FileStream(
                PathOf(journal), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            return false;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Lets go of the lock and removes its file.</summary>
    public void Dispose()
    {
        // Windows does not remove an open file. On Unix the name goes first: once the lock is released, the file may be
        // another run's.
        if (OperatingSystem.IsWindows())
        {
            _file.Dispose();
        }

        try
        {
            File.Delete(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another run has taken it already, or it may not be removed: a file that is left behind locks nobody out.
        }

        _file.Dispose();
    }

    // Between the opening of the file and its locking, its last holder may have removed it, and a third run may have
    // made a new one. That has another length then: .NET does not tell which file a name stands for, but how long it
    // is.
    internal static bool IsStillThere(FileStream file, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        // Short enough for any limit on the length of files, past which .NET would throw.
        var length = Random.Shared.Next(1, 1 << 16);
        file.SetLength(length);
        var named = new FileInfo(path);
        var same = named.Exists && named.Length == length;
        file.SetLength(0);
        return same;
    }

    // Null where another run's file has the name by now.
    private static FileStream? TryOpen(string path)
    {
        var file = PrivateFile.Open(path, FileShare.None);
        var isOurs = false;
        try
        {
            isOurs = IsStillThere(file, path);
            return isOurs ? file : null;
        }
        finally
        {
            // Also where it cannot be found out, as on a volume that is full: this process must not lock itself out.
            if (!isOurs)
            {
                file.Dispose();
            }
        }
    }

    private static string PathOf(string journal) => journal + ".lock";

    private static bool IsInUse(IOException exception)
    {
        var code = exception.HResult & 0xFFFF;
        if (OperatingSystem.IsWindows())
        {
            // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
            return code is 32 or 33;
        }

        // EWOULDBLOCK; .NET Framework's form of it is Mono's.
        return code == (RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? 35 : 11) || code is 32 or 33;
    }
}
