namespace WixInbox;

/// <summary>How a row without a given key compares with the journal.</summary>
public enum JournalNews
{
    /// <summary>The row matches, or there is nothing to compare it with.</summary>
    None,

    /// <summary>
    /// The row may be an edited one: earlier runs have sent its recipient messages that this run has not matched.
    /// </summary>
    Message,

    /// <summary>The recipient is new.</summary>
    Recipient,

    /// <summary>
    /// Earlier runs had rows for the recipient that this run has not matched, and sent none of them; or they have sent
    /// the same text to the recipient under another name.
    /// </summary>
    Undecided,
}
