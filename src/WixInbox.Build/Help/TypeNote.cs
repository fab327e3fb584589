namespace WixInbox.Build.Help;

/// <summary>What a page says of a type that the cmdlet takes or gives.</summary>
/// <param name="Type">The type's name.</param>
/// <param name="Text">What is said of it.</param>
internal sealed record TypeNote(string Type, string Text);
