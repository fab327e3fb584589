namespace WixInbox.Build;

/// <summary>The folders of the sources, and of what is made of them.</summary>
/// <param name="Root">The folder that all of it is in.</param>
internal sealed record Repository(string Root)
{
    public string Output => Path.Combine(Root, "out");

    /// <summary>Gets the module as a build stages it.</summary>
    public string Module => Path.Combine(Output, "WixInbox");

    /// <summary>Gets the pages that the help is made of.</summary>
    public string HelpPages => Path.Combine(Root, "docs", "help");

    /// <summary>Finds the repository that this program lies in; null if it lies in none.</summary>
    public static Repository? Find()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "WixInbox.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder is null ? null : new Repository(folder);
    }
}
