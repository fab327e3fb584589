namespace WixInbox;

/// <summary>A page of contacts.</summary>
public sealed class QueryContactsResponse : WixObject
{
    /// <summary>Gets or sets the contacts.</summary>
    public Contact[]? Contacts { get; set; }
}
