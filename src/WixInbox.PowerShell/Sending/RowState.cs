namespace WixInbox.Sending;

/// <summary>What a run has made of a row, in the words of the result file.</summary>
internal enum RowState
{
    /// <summary>The message was sent.</summary>
    Sent,

    /// <summary>The message was not sent: there is an error record for the row.</summary>
    Failed,

    /// <summary>The message may or may not have been sent: there is an error record for the row.</summary>
    Unknown,

    /// <summary>An earlier run with the same journal has sent it.</summary>
    AlreadySent,

    /// <summary>It failed in an earlier run with the same journal, and was not tried again.</summary>
    AlreadyFailed,

    /// <summary>An earlier row is the same, and -SkipDuplicate leaves this one out.</summary>
    Duplicate,

    /// <summary>Somebody was asked whether to send it, and said no.</summary>
    Declined,

    /// <summary>It was read, and nothing had left for it when the run ended.</summary>
    NotTried,
}
