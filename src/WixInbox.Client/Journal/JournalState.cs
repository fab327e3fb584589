namespace WixInbox;

/// <summary>What became of a row.</summary>
public enum JournalState
{
    /// <summary>
    /// Its request was about to leave, and nothing is known after that: it is being sent, or the run was stopped at
    /// this point.
    /// </summary>
    Sending,

    /// <summary>The message was sent.</summary>
    Sent,

    /// <summary>The API rejected it, or it broke a rule and never left.</summary>
    Failed,

    /// <summary>It was not sent, and may be sent again.</summary>
    NotSent,

    /// <summary>The request may or may not have been carried out, and nobody has found out.</summary>
    Unknown,
}
