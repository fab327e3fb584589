namespace WixInbox.Rows;

/// <summary>What became of a value that was to be converted to the type that a parameter takes.</summary>
/// <param name="Value">The value; null where there is none.</param>
/// <param name="Problem">What is wrong with it, as it goes on after where it is.</param>
/// <param name="IsRow">Whether it is the row itself, or an object that cannot be written as a text.</param>
internal readonly record struct Conversion(object? Value, string? Problem = null, bool IsRow = false);
