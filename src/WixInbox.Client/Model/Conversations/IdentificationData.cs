namespace WixInbox;

/// <summary>
/// Who someone is to Wix: at most one of visitor, member, Wix user and app; a contact id may stand beside it or alone.
/// </summary>
public sealed class IdentificationData : WixObject
{
    /// <summary>Gets or sets the id of a visitor who is not signed in.</summary>
    public string? AnonymousVisitorId { get; set; }

    /// <summary>Gets or sets the id of a member of the site.</summary>
    public string? MemberId { get; set; }

    /// <summary>Gets or sets the id of a Wix user, such as the site's owner or a collaborator.</summary>
    public string? WixUserId { get; set; }

    /// <summary>Gets or sets the id of an app.</summary>
    public string? AppId { get; set; }

    /// <summary>Gets or sets the id of a contact. In a response the server sets it.</summary>
    public string? ContactId { get; set; }

    /// <summary>Gets what a list, or a column of a CSV, shows of it.</summary>
    /// <returns>
    /// For example <c>member 0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c</c>: who it is, before the contact that belongs to
    /// it.
    /// </returns>
    public override string ToString() => MemberId is not null ? "member " + MemberId
        : AnonymousVisitorId is not null ? "visitor " + AnonymousVisitorId
        : WixUserId is not null ? "Wix user " + WixUserId
        : AppId is not null ? "app " + AppId
        : ContactId is not null ? "contact " + ContactId
        : string.Empty;
}
