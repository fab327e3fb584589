namespace WixInbox.Build.Help;

/// <summary>
/// Makes the help of the staged module. Each part has one source: what a cmdlet is for is in its page in docs/help;
/// what a parameter is for, in the comment of its property; everything else comes from the cmdlet itself. The topics
/// are the pages about_*.md.
/// </summary>
internal static class HelpVerb
{
    /// <param name="repository">Where the pages are.</param>
    /// <param name="options">
    /// None: makes the help of the module in <c>out</c>, and brings the pages' parameters up to date. Or
    /// <c>--module</c> and the folder of a module: a build makes what ships and leaves the sources as they are.
    /// </param>
    /// <returns>0 if it was made.</returns>
    public static int Run(Repository repository, string[] options)
    {
        if (options is not ([] or ["--module", _]))
        {
            Console.Error.WriteLine("Usage: WixInbox.Build help [--module FOLDER]");
            return 1;
        }

        try
        {
            var pages = Stage(repository, options.ElementAtOrDefault(1) ?? repository.Module, AppContext.BaseDirectory);
            if (options is [])
            {
                pages.ForEach(page => page.WriteFacts());
            }

            return 0;
        }
        catch (HelpException exception)
        {
            Console.Error.WriteLine(exception.Report);
            return 1;
        }
    }

    /// <summary>Makes the help of a module.</summary>
    /// <param name="repository">Where the pages are.</param>
    /// <param name="module">The module's folder.</param>
    /// <param name="comments">The folder of the documentation files of its build.</param>
    /// <returns>The pages that it was made of.</returns>
    /// <exception cref="HelpException">A page, a comment or the module does not fit the others.</exception>
    public static List<CmdletPage> Stage(Repository repository, string module, string comments)
    {
        var facts = ModuleFacts.Read(module, new CodeComments(comments));
        var pages = CmdletPage.ReadAll(repository.HelpPages, facts);
        Stage(Path.Combine(module, "en-US"), facts, pages, Topic.ReadAll(repository.HelpPages));
        return pages;
    }

    // Where PowerShell looks for the module's help.
    private static void Stage(string folder, ModuleFacts module, List<CmdletPage> pages, List<Topic> topics)
    {
        // Anew each time, so that the help of a page that is gone goes too.
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        Maml.Write(Path.Combine(folder, "WixInbox.PowerShell.dll-Help.xml"), module, pages);
        topics.ForEach(topic => topic.Write(folder));
    }
}
