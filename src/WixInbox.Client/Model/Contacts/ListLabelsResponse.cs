namespace WixInbox;

/// <summary>The labels of a site.</summary>
public sealed class ListLabelsResponse : WixObject
{
    /// <summary>Gets or sets the labels.</summary>
    public ContactLabel[]? Labels { get; set; }
}
