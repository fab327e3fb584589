namespace WixInbox;

/// <summary>A label that contacts can have.</summary>
public sealed class ContactLabel : WixObject
{
    /// <summary>Gets or sets the key, such as <c>custom.vip</c>, which never changes.</summary>
    public string? Key { get; set; }

    /// <summary>Gets or sets the name that the dashboard shows, which may be changed.</summary>
    public string? DisplayName { get; set; }
}
