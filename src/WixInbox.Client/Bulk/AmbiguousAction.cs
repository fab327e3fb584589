namespace WixInbox;

/// <summary>What to do with a message that may or may not have been sent.</summary>
public enum AmbiguousAction
{
    /// <summary>Read the conversation back; if the message is there, it was sent; if it does not turn up, it is sent again.</summary>
    Reconcile,

    /// <summary>Report it and do not send it again: nobody is written to twice, and somebody may be missed.</summary>
    Skip,

    /// <summary>Send it again at once: nobody is missed, and somebody may be written to twice.</summary>
    Resend,
}
