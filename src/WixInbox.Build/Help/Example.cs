namespace WixInbox.Build.Help;

/// <summary>An example of a page.</summary>
/// <param name="Title">What it shows, without its number.</param>
/// <param name="Code">What is typed.</param>
/// <param name="Remarks">What it does.</param>
internal sealed record Example(string Title, string Code, IReadOnlyList<TextBlock> Remarks);
