namespace WixInbox.Build.Help;

/// <summary>Where help comes from and goes to.</summary>
/// <param name="Sources">The pages.</param>
/// <param name="Module">The module as a build stages it.</param>
internal sealed record HelpFolders(string Sources, string Module)
{
    /// <summary>Gets the folder where PowerShell looks for the module's help.</summary>
    public string Staged => Path.Combine(Module, "en-US");

    /// <summary>Finds the repository above this program.</summary>
    /// <param name="module">The module's folder, where it is not the one in <c>out</c>.</param>
    public static HelpFolders Find(string? module)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "WixInbox.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new HelpException(AppContext.BaseDirectory, "There is no WixInbox.sln above this folder.");
        }

        return new HelpFolders(Path.Combine(folder, "docs", "help"), module ?? Path.Combine(folder, "out", "WixInbox"));
    }
}
