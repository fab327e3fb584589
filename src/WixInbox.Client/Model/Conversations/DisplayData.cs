namespace WixInbox;

/// <summary>How one side of a conversation is shown.</summary>
public sealed class DisplayData : WixObject
{
    /// <summary>Gets or sets the name.</summary>
    public string? Name { get; set; }

    /// <summary>Gets or sets the address of the picture.</summary>
    public string? ImageUrl { get; set; }

    /// <summary>Gets what a list, or a column of a CSV, shows of it.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name ?? string.Empty;
}
