using WixInbox.Build.Help;
using WixInbox.Build.Package;

namespace WixInbox.Build;

/// <summary>
/// Makes what the build of an assembly does not: the help of the staged module, and the package for the gallery.
/// </summary>
internal static class Program
{
    /// <param name="args"><c>help</c> or <c>package</c>, and what that needs.</param>
    /// <returns>0 if it was made.</returns>
    private static int Main(string[] args)
    {
        if (Repository.Find() is not { } repository)
        {
            Console.Error.WriteLine($"There is no WixInbox.sln above '{AppContext.BaseDirectory}'.");
            return 1;
        }

        return args switch
        {
            ["help", .. var options] => HelpVerb.Run(repository, options),
            ["package", .. var options] => PackageVerb.Run(repository, options),
            _ => Usage(),
        };
    }

    private static int Usage()
    {
        Console.Error.WriteLine("Usage: WixInbox.Build help | package");
        return 1;
    }
}
