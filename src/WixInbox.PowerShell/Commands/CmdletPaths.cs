using System.Management.Automation;

namespace WixInbox.Commands;

/// <summary>Finds the file that a parameter names, as PowerShell understands paths: relative to the location, on a drive, with ~.</summary>
internal static class CmdletPaths
{
    /// <summary>Gets the full name of a file, which need not be there.</summary>
    /// <param name="cmdlet">The cmdlet, which ends with an error if it is no file's name.</param>
    /// <param name="path">What was typed.</param>
    /// <param name="refuse">Makes that error.</param>
    /// <returns>The name.</returns>
    public static string ResolveFile(this PSCmdlet cmdlet, string path, Func<string, ErrorRecord> refuse)
    {
        var full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (provider.Name != "FileSystem" || Directory.Exists(full))
        {
            cmdlet.ThrowTerminatingError(refuse(path));
        }

        return full;
    }
}
