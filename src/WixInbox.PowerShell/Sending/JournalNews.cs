namespace WixInbox.Sending;

/// <summary>How a row compares with the journal.</summary>
internal enum JournalNews
{
    /// <summary>The row matches, or there is nothing to compare it with.</summary>
    None,

    /// <summary>The message is new, and its recipient is known from an earlier run.</summary>
    Message,

    /// <summary>The recipient is new.</summary>
    Recipient,

    /// <summary>The row breaks a rule, or earlier runs have sent its recipient nothing.</summary>
    Undecided,
}
