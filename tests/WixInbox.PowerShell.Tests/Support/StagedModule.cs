namespace WixInbox.PowerShell.Tests.Support;

/// <summary>Where the module lies as it ships.</summary>
internal static class StagedModule
{
    public static string Root { get; } = Path.Combine(FindRepository(), "out", "WixInbox");

    public static string Manifest { get; } = Path.Combine(Root, "WixInbox.psd1");

    /// <summary>Gets the picture of the examples: 480 pixels wide and 270 high.</summary>
    public static string Picture { get; } = Path.Combine(Root, "examples", "opening.png");

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "WixInbox.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException("The tests do not run in a checkout of the repository.");
    }
}
