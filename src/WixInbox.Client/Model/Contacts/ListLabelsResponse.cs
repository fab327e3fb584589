namespace WixInbox;

/// <summary>The answer to <c>GET /contacts/v4/labels</c>.</summary>
internal sealed class ListLabelsResponse
{
    /// <summary>Gets or sets the labels.</summary>
    public ContactLabel[]? Labels { get; set; }
}
