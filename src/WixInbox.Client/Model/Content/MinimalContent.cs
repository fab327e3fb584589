namespace WixInbox;

/// <summary>
/// One line that reports that something happened, with an icon if wanted; usually sent with
/// <see cref="MessageVisibility.Business"/>.
/// </summary>
public sealed class MinimalContent : WixObject
{
    /// <summary>Gets or sets the line: 1 to 16,384 characters.</summary>
    public string? Text { get; set; }

    /// <summary>Gets or sets the address of the icon: http or https, at most 2,000 characters.</summary>
    public string? IconUrl { get; set; }

    /// <summary>Gets or sets the page that a click opens: http or https, at most 2,000 characters.</summary>
    public string? Url { get; set; }

    /// <summary>Gets what a list, or a column of a CSV, shows of it.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text ?? string.Empty;
}
