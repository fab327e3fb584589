namespace WixInbox.Build.Help;

/// <summary>Help that cannot be made, since one of its sources lacks something.</summary>
internal sealed class HelpException(string path, string message) : Exception(message)
{
    /// <summary>Gets the source.</summary>
    public string Path { get; } = path;
}
