namespace WixInbox.Journal;

/// <summary>
/// What is kept in memory for each row of a journal: about 80 bytes with its place in the table, and no text. What else
/// a row has is read from the file again when it is asked for.
/// </summary>
internal struct RowFacts
{
    private byte _earlier;
    private byte _state;

    public Hash128 Fingerprint { get; set; }

    public Hash128 Recipient { get; set; }

    /// <summary>Gets or sets where the line begins that says the row was sent.</summary>
    public long SentAt { get; set; }

    /// <summary>Gets or sets the number of the last run that was about to send the row; 0 for none.</summary>
    public int Run { get; set; }

    /// <summary>Gets or sets a value indicating whether the row failed without having left.</summary>
    public bool IsLocal { get; set; }

    /// <summary>Gets or sets a value indicating whether the message was found by reading the conversation.</summary>
    public bool IsReconciled { get; set; }

    /// <summary>Gets or sets a value indicating whether this run has come to the row.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Gets or sets what earlier runs made of the row.</summary>
    public JournalState? Earlier
    {
        readonly get => StateOf(_earlier);
        set => _earlier = ByteOf(value);
    }

    /// <summary>Gets or sets what is known of the row now.</summary>
    public JournalState? State
    {
        readonly get => StateOf(_state);
        set => _state = ByteOf(value);
    }

    /// <summary>Gets a value indicating whether the row was sent, or may have been.</summary>
    public readonly bool MayHaveLeft => State is JournalState.Sending or JournalState.Sent or JournalState.Unknown;

    // A nullable enumeration takes eight bytes.
    private static JournalState? StateOf(byte value) => value == 0 ? null : (JournalState)(value - 1);

    private static byte ByteOf(JournalState? state) => state is { } known ? (byte)(known + 1) : (byte)0;
}
