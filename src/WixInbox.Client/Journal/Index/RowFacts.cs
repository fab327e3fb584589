using System.Runtime.InteropServices;

namespace WixInbox.Journal;

/// <summary>
/// The facts that are kept in memory for each row of a journal: 68 bytes with its place in the table, and no text.
/// Everything else is read from the file when it is needed.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct RowFacts
{
    // Two states, in half a byte each: a nullable enumeration takes eight bytes.
    private byte _states;

    /// <summary>
    /// Gets half of the message's fingerprint; 0 for none. Half is enough: two messages under one key are very unlikely
    /// to share it.
    /// </summary>
    public ulong Fingerprint { get; private set; }

    /// <summary>Gets half of the recipient's hash.</summary>
    public ulong Recipient { get; private set; }

    /// <summary>Gets the hash of the conversation that the row was last sent to; 0 for none.</summary>
    public ulong Conversation { get; private set; }

    /// <summary>Gets where the line begins that says the row was sent.</summary>
    public long SentAt { get; private set; }

    /// <summary>Gets or sets the number of the last run that was about to send the row; 0 for none.</summary>
    public int Run { get; set; }

    /// <summary>Gets a value indicating whether the row failed without having left.</summary>
    public bool IsLocal { get; private set; }

    /// <summary>Gets a value indicating whether the message was found by reading the conversation.</summary>
    public bool IsReconciled { get; private set; }

    /// <summary>Gets or sets a value indicating whether this run has come to the row.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Gets or sets what earlier runs made of the row.</summary>
    public JournalState? Earlier
    {
        readonly get => StateOf(_states & 0xF);
        set => _states = (byte)((_states & 0xF0) | HalfOf(value));
    }

    /// <summary>Gets what is known of the row now.</summary>
    public JournalState? State
    {
        readonly get => StateOf(_states >> 4);
        private set => _states = (byte)((_states & 0xF) | (HalfOf(value) << 4));
    }

    /// <summary>Gets a value indicating whether the row was sent, or may have been.</summary>
    public readonly bool MayHaveLeft => State is JournalState.Sending or JournalState.Sent or JournalState.Unknown;

    /// <summary>Gets a value indicating whether earlier runs have sent the row, or may have.</summary>
    public readonly bool MayHaveLeftBefore =>
        Earlier is JournalState.Sending or JournalState.Sent or JournalState.Unknown;

    /// <summary>
    /// Gets a value indicating whether earlier runs have sent the row, and this one has not come to it.
    /// </summary>
    public readonly bool IsUnmatched => Earlier == JournalState.Sent && !IsTaken;

    /// <summary>
    /// Tells whether earlier runs have sent the row to another recipient. A row in doubt is not tested: its
    /// conversation may have moved, and both are searched.
    /// </summary>
    public readonly bool IsForAnother(Hash128 recipient) =>
        Earlier == JournalState.Sent
        && Recipient != default
        && recipient != default
        && Recipient != recipient.High;

    /// <summary>Takes in a further line about the row.</summary>
    /// <param name="record">The line.</param>
    /// <param name="offset">Where it begins.</param>
    public void Add(JournalRecord record, long offset)
    {
        State = JournalReplay.StateAfter(record.Kind);
        IsLocal = State == JournalState.Failed && record.Attempts is null or 0;
        IsReconciled = record.Reconciled;
        Fingerprint = record.Fingerprint?.High ?? Fingerprint;
        Recipient = record.Recipient?.High ?? Recipient;
        Conversation = record.ConversationId is { } conversation ? HashOf(conversation) : Conversation;
        SentAt = State == JournalState.Sent ? offset : SentAt;
    }

    /// <summary>Gets the hash of a conversation. Wix's ids are GUIDs, whose halves together make one number.</summary>
    public static ulong HashOf(string conversationId)
    {
        if (!Guid.TryParseExact(conversationId, "D", out var id))
        {
            return Hash128.Of(conversationId.ToLowerInvariant()).High;
        }

        var bytes = id.ToByteArray();
        return BitConverter.ToUInt64(bytes, 0) ^ BitConverter.ToUInt64(bytes, sizeof(ulong));
    }

    private static JournalState? StateOf(int half) => half == 0 ? null : (JournalState)(half - 1);

    private static int HalfOf(JournalState? state) => state is { } known ? (int)known + 1 : 0;
}
