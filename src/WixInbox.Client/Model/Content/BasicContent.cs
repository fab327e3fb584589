namespace WixInbox;

/// <summary>
/// Text, images and files. Every item shows as a message of its own in the Inbox and in the chat widget.
/// </summary>
public sealed class BasicContent : WixObject
{
    /// <summary>Gets or sets the items: at least one; no maximum is documented.</summary>
    public BasicItem[]? Items { get; set; }

    /// <summary>Gets what a list, or a column of a CSV, shows of it.</summary>
    /// <returns>The items, with commas between them.</returns>
    public override string ToString() => string.Join<BasicItem?>(", ", Items ?? []);
}
