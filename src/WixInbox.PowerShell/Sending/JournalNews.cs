namespace WixInbox.Sending;

/// <summary>What is new to the journal in a row.</summary>
internal enum JournalNews
{
    /// <summary>The journal knows the row, or there is none, or nobody is to look.</summary>
    None,

    /// <summary>The message is, to a recipient to whom an earlier run has sent another.</summary>
    Message,

    /// <summary>The recipient is.</summary>
    Recipient,

    /// <summary>The row breaks a rule, or the journal knows its recipient and has sent nothing there.</summary>
    Unsaid,
}
