namespace WixInbox;

/// <summary>What to do with a message that may or may not have been sent.</summary>
public enum AmbiguousAction
{
    /// <summary>
    /// Read the conversation back. A message that is found there was sent; one that does not turn up is sent again.
    /// </summary>
    Reconcile,

    /// <summary>Report it and do not send it again: nobody is written to twice, and somebody may be missed.</summary>
    Skip,

    /// <summary>Send it again at once: nobody is missed, and somebody may be written to twice.</summary>
    Resend,
}
