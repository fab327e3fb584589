namespace WixInbox.Benchmarks;

/// <summary>Where things lie.</summary>
internal static class Folders
{
    /// <summary>Gets the module as a build leaves it.</summary>
    public static string Manifest { get; } = Path.Combine(FindRepository(), "out", "WixInbox", "WixInbox.psd1");

    /// <summary>
    /// Gets where the journals are written: on the disk that the sources are on, since a temporary folder may be in
    /// memory.
    /// </summary>
    public static string Journals { get; } = Path.Combine(AppContext.BaseDirectory, "journals");

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "WixInbox.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("This is not a checkout of the repository.");
    }
}
