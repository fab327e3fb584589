namespace WixInbox.Build.Help;

/// <summary>One way to call a cmdlet.</summary>
/// <param name="Text">The line that Get-Command shows for it.</param>
/// <param name="Parameters">Its parameters in the order of that line.</param>
internal sealed record SyntaxFacts(string Text, IReadOnlyList<ParameterFacts> Parameters);
