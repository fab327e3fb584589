namespace WixInbox;

/// <summary>A message of Wix itself. It is received only.</summary>
public sealed class SystemContent : WixObject
{
    /// <summary>Gets or sets the text, at most 16,384 characters, with line feeds.</summary>
    public string? Text { get; set; }

    /// <summary>Gets or sets the buttons: at most 10.</summary>
    public Button[]? Buttons { get; set; }

    /// <summary>Gets or sets the address of the picture, at most 2,000 characters.</summary>
    public string? ImageUrl { get; set; }

    /// <summary>Gets what a list, or a column of a CSV, shows of it.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text ?? string.Empty;
}
