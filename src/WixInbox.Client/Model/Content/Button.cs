namespace WixInbox;

/// <summary>
/// A button of a card. By convention it has either a <see cref="LaunchUrl"/> or <see cref="PostbackProperties"/>.
/// </summary>
public sealed class Button : WixObject
{
    /// <summary>Gets or sets what the button says: 1 to 16,384 characters.</summary>
    public string? Label { get; set; }

    /// <summary>Gets or sets the page that the button opens: http or https, at most 16,384 characters.</summary>
    public string? LaunchUrl { get; set; }

    /// <summary>Gets or sets what the Button Interacted event tells the app.</summary>
    public PostbackProperties? PostbackProperties { get; set; }

    /// <summary>Gets what a list, or a column of a CSV, shows of it.</summary>
    /// <returns>The label.</returns>
    public override string ToString() => Label ?? LaunchUrl ?? string.Empty;
}
