using System.Runtime.InteropServices;

namespace WixInbox.Journal;

/// <summary>
/// The facts that are kept in memory for each row of earlier runs: 68 bytes with its place in the table, and no text.
/// Everything else is read from the file when it is needed. A row that is new has them while it is under way.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct RowFacts
{
    // One more than the state, or 0 for none: a nullable enumeration takes eight bytes.
    private byte _state;

    // SentAt or FailedContent, of which a row has one at most.
    private long _detail;

    /// <summary>
    /// Gets half of the message's fingerprint; 0 for none. Half is enough: two messages under one key are very unlikely
    /// to share it.
    /// </summary>
    public ulong Fingerprint { get; private set; }

    /// <summary>Gets half of the recipient's hash.</summary>
    public ulong Recipient { get; private set; }

    /// <summary>Gets the hash of the conversation that the row was last sent to; 0 for none.</summary>
    public ulong Conversation { get; private set; }

    /// <summary>Gets where the line begins that says the row was sent; 0 where it was not.</summary>
    public readonly long SentAt => State == JournalState.Sent ? _detail : 0;

    /// <summary>
    /// Gets half of the hash of what was sent for a row with a given key that failed; 0 for none. The fingerprint
    /// leaves out badges and the visibility, for example.
    /// </summary>
    public readonly ulong FailedContent => State == JournalState.Failed ? (ulong)_detail : 0;

    /// <summary>Gets or sets the number of the last run that was about to send the row; 0 for none.</summary>
    public int Run { get; set; }

    /// <summary>
    /// Gets a value indicating whether the row failed before a request with its message was made: it broke a rule, or
    /// its contact could not be written to. It is checked again.
    /// </summary>
    public bool IsLocal { get; private set; }

    /// <summary>Gets a value indicating whether the message was found by reading the conversation.</summary>
    public bool IsReconciled { get; private set; }

    /// <summary>Gets or sets a value indicating whether this run has come to the row.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Gets the state of the row; null if no line tells of it.</summary>
    public JournalState? State
    {
        readonly get => _state == 0 ? null : (JournalState)(_state - 1);
        private set => _state = (byte)(value is { } known ? (int)known + 1 : 0);
    }

    /// <summary>Gets a value indicating whether the row was sent, or may have been.</summary>
    public readonly bool MayHaveLeft => State is JournalState.Sending or JournalState.Sent or JournalState.Unknown;

    /// <summary>
    /// Gets a value indicating whether earlier runs have sent the row, and this one has not come to it.
    /// </summary>
    public readonly bool IsUnmatched => State == JournalState.Sent && !IsTaken;

    /// <summary>
    /// Tells whether earlier runs have sent the row to another recipient. A row in doubt is not tested: its
    /// conversation may have moved, and both are searched.
    /// </summary>
    public readonly bool IsForAnother(Hash128 recipient) =>
        State == JournalState.Sent
        && Recipient != default
        && recipient != default
        && Recipient != recipient.High;

    /// <summary>Gets the facts after a further line about the row.</summary>
    /// <param name="record">The line.</param>
    /// <param name="offset">Where it begins.</param>
    public readonly RowFacts After(JournalRecord record, long offset)
    {
        var state = JournalReplay.StateAfter(record.Kind);
        return this with
        {
            State = state,
            IsLocal = state == JournalState.Failed && record.Attempts == 0,
            IsReconciled = record.Reconciled,
            Fingerprint = record.Fingerprint?.High ?? Fingerprint,
            Recipient = record.Recipient?.High ?? Recipient,
            Conversation = record.ConversationId is { } conversation ? HashOf(conversation) : Conversation,
            _detail = state == JournalState.Sent ? offset : (long)(record.Content?.High ?? 0),
        };
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
}
