namespace WixInbox;

/// <summary>How contacts can be looked up with a key or token.</summary>
public sealed class ContactAccess
{
    internal ContactAccess(bool tellsMembers)
    {
        TellsMembers = tellsMembers;
    }

    /// <summary>
    /// Gets a value indicating whether a look-up tells who is a member, whose conversation Wix wants to be asked for
    /// with the member id. Contacts v5 does; Contacts v4, which is asked where v5 refuses, does not.
    /// </summary>
    public bool TellsMembers { get; }
}
