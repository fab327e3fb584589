namespace WixInbox.Journal;

/// <summary>What is kept in memory for each recipient of a journal.</summary>
internal struct RecipientFacts
{
    /// <summary>Gets or sets the recipient's conversation; all zeros if it is not known.</summary>
    public Guid Conversation { get; set; }

    /// <summary>Gets or sets how many rows earlier runs have sent to it.</summary>
    public int Sent { get; set; }

    /// <summary>Gets or sets how many of those this run has come to.</summary>
    public int Matched { get; set; }
}
