namespace WixInbox.Build.Help;

/// <summary>Why there is no help: a page, or a comment in the code, does not fit the cmdlet.</summary>
/// <param name="path">The file at fault.</param>
/// <param name="message">What is wrong with it.</param>
internal sealed class HelpException(string path, string message) : Exception(message)
{
    public string Path { get; } = path;

    /// <summary>Gets the fault as a compiler would say it, so that the build and an editor find the place.</summary>
    public string Report => $"{Path} : error HELP: {Message}";
}
