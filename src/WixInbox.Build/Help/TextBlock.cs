namespace WixInbox.Build.Help;

/// <summary>A piece of a page, as plain text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">One line; of code, its lines.</param>
/// <param name="Level">Of a heading, its level; of an item, how many lists it is in.</param>
internal readonly record struct TextBlock(TextKind Kind, string Text, int Level = 0);
