namespace WixInbox;

/// <summary>A contact that was asked for by its id.</summary>
public sealed class GetContactResponse : WixObject
{
    /// <summary>Gets or sets the contact. One that was merged into another is that other one, with its id.</summary>
    public Contact? Contact { get; set; }
}
