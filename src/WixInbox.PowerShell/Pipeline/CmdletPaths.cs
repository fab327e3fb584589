using System.Collections.ObjectModel;
using System.Management.Automation;
using WixInbox.Errors;

namespace WixInbox.Pipeline;

/// <summary>
/// Finds the files that parameters name, as PowerShell understands paths: relative to the location, on a drive, with ~.
/// </summary>
internal static class CmdletPaths
{
    private const string FileSystem = "FileSystem";

    /// <summary>
    /// Gets the full name of the file or folder that a path names, which need not exist. Wildcard characters are taken
    /// literally.
    /// </summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="path">What was given.</param>
    /// <param name="problem">
    /// The reason why it is not the name of a file, as the rest of a sentence after a colon.
    /// </param>
    /// <returns>The name; null if it is none.</returns>
    public static string? ResolvePath(this PSCmdlet cmdlet, string path, out string? problem)
    {
        try
        {
            var full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            problem = provider.Name == FileSystem
                ? null
                : $"it is a path of the provider {provider.Name}, and not of the file system.";

            // PowerShell takes any characters, and .NET refuses some.
            return problem is null ? Path.GetFullPath(full) : null;
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            problem = Words.Reason(exception);
            return null;
        }
    }

    /// <summary>Gets the full name of a file to read or write, which need not exist.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="path">What was given.</param>
    /// <param name="problem">Why it is no file's name.</param>
    /// <returns>The name; null if it is none.</returns>
    public static string? ResolveFile(this PSCmdlet cmdlet, string path, out string? problem)
    {
        var full = cmdlet.ResolvePath(path, out problem);
        if (Directory.Exists(full))
        {
            problem = "it is a folder.";
            return null;
        }

        return full;
    }

    /// <summary>
    /// Gets the files that -Path or -LiteralPath name, of which a call has one. A path with wildcards that finds no
    /// file is an error of its own.
    /// </summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="paths">The paths with wildcards.</param>
    /// <param name="literalPaths">The paths in which wildcard characters are taken literally.</param>
    /// <param name="notFound">Makes the error of a path, with what is wrong.</param>
    /// <returns>The files. They need not exist: opening them shows whether they are valid.</returns>
    public static IEnumerable<string> FindFiles(
        this PSCmdlet cmdlet, string[] paths, string[] literalPaths, Func<string, string, ErrorRecord> notFound)
    {
        foreach (var path in paths)
        {
            var files = cmdlet.ExpandPath(path);
            if (files.Count == 0)
            {
                cmdlet.WriteError(notFound(path, cmdlet.NoMatch(path)));
            }

            foreach (var file in files)
            {
                yield return file;
            }
        }

        foreach (var path in literalPaths)
        {
            yield return path;
        }
    }

    private static string NoMatch(this PSCmdlet cmdlet, string path)
    {
        // A name may have brackets, which the parameters that write a file take literally.
        var hint = File.Exists(cmdlet.ResolvePath(path, out _))
            ? " There is a file of exactly that name: -LiteralPath finds it, which takes wildcard characters literally."
            : string.Empty;
        return $"No file matches '{path}'.{hint}";
    }

    // Without folders. A path without wildcards, or one that leads elsewhere, is given back as it is.
    private static Collection<string> ExpandPath(this PSCmdlet cmdlet, string path)
    {
        try
        {
            var found = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out var provider);
            return provider.Name != FileSystem ? [path]
                : WildcardPattern.ContainsWildcardCharacters(path) ? [.. found.Where(File.Exists)]
                : found.Count > 0 ? found : [path];
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            // There is no such folder or drive: opening the path gives the error.
            return [path];
        }
    }

    private static bool IsRefusal(Exception exception) =>
        exception is RuntimeException and not PipelineStoppedException
            or ArgumentException or NotSupportedException or PathTooLongException;
}
