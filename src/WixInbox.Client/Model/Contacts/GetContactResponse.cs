namespace WixInbox;

/// <summary>The answer to <c>GET /contacts/v4/contacts/{id}</c>.</summary>
internal sealed class GetContactResponse
{
    /// <summary>Gets or sets the contact. One that was merged into another is that other one, with its id.</summary>
    public Contact? Contact { get; set; }
}
