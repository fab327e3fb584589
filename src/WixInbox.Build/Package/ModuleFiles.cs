namespace WixInbox.Build.Package;

/// <summary>The files of a module.</summary>
internal static class ModuleFiles
{
    /// <summary>Gets the files under a folder in an order that is the same everywhere.</summary>
    /// <returns>Relative paths with slashes.</returns>
    public static string[] Of(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];
}
