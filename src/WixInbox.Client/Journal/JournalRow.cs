namespace WixInbox;

/// <summary>A row of a run, and what the journal knows of it from earlier ones.</summary>
public sealed class JournalRow
{
    internal JournalRow(string key)
    {
        Key = key;
        KeyHash = Hash128.Of(key);
    }

    /// <summary>Gets what the row is known by.</summary>
    public string Key { get; }

    /// <summary>Gets the number of the row in this run, counted from 1, if it is known.</summary>
    public int? Number { get; internal init; }

    /// <summary>Gets what earlier runs made of the row; null if it is new.</summary>
    public JournalState? Earlier { get; internal init; }

    /// <summary>Gets a value indicating whether the earlier failure is a rule that the row broke: it never left, and is to be checked anew.</summary>
    public bool Local { get; internal init; }

    /// <summary>Gets a value indicating whether earlier runs know the row's key with another content.</summary>
    public bool Changed { get; internal init; }

    /// <summary>Gets a value indicating whether this run has had a row with the same given key. Such a row cannot be sent: the key stands for one message.</summary>
    public bool IsDuplicate { get; internal init; }

    /// <summary>
    /// Gets a value indicating whether the row, which is known by its content and is new, may be one that was sent before and edited since: earlier runs
    /// have sent more to this recipient than this run has come to.
    /// </summary>
    public bool PossiblyChanged { get; internal init; }

    internal Hash128 KeyHash { get; }

    internal Hash128 Fingerprint { get; init; }

    internal Hash128 RecipientHash { get; init; }

    /// <summary>Gets or sets a value indicating whether this run has noted that it is about to leave.</summary>
    internal bool IsBegun { get; set; }
}
