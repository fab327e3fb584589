namespace WixInbox;

/// <summary>How it is known that a message was sent.</summary>
public enum MessageDelivery
{
    /// <summary>Wix answered the request with the message.</summary>
    Sent,

    /// <summary>Wix's answer was lost, and the message was found when the conversation was read back.</summary>
    Reconciled,

    /// <summary>An earlier run sent it, as the journal of that run says.</summary>
    Journaled,
}
