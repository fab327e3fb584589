using WixInbox.Journal;

namespace WixInbox;

/// <summary>One row of a journal, as its last line has it.</summary>
public sealed class JournalEntry
{
    // A million entries are kept at once: a time takes a third of the room as ticks, and a key that is a hash has no
    // text before that is asked for.
    private readonly Hash128 _keyHash;
    private string? _key;
    private long _started;
    private long _ended;
    private long _created;
    private long _lastIntent;

    internal JournalEntry(JournalRecord first)
    {
        (_keyHash, _key) = (first.KeyHash, first.GivenKey);
    }

    /// <summary>Gets what became of the row.</summary>
    public JournalState State { get; internal set; }

    /// <summary>Gets the key that identifies the row.</summary>
    public string Key => _key ??= _keyHash.ToString();

    /// <summary>Gets the number of the row in its last run, counted from 1, if it was known.</summary>
    public int? Row { get; internal set; }

    /// <summary>Gets the conversation it was sent to; null if no request was about to leave.</summary>
    public string? ConversationId { get; internal set; }

    /// <summary>Gets the id of the message, if it was sent.</summary>
    public string? MessageId { get; internal set; }

    /// <summary>
    /// Gets how many requests the last run made for it; 0 if it broke a rule or the run was stopped before it was sent,
    /// null while it is being sent.
    /// </summary>
    public int? Attempts { get; internal set; }

    /// <summary>Gets Wix's application code, or the rule that the row broke, if it was not sent.</summary>
    public string? Code { get; internal set; }

    /// <summary>Gets the HTTP status, if it was not sent and there was an answer.</summary>
    public int? StatusCode { get; internal set; }

    /// <summary>Gets the id under which Wix can find the request.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>
    /// Gets a value indicating whether it was found out by reading the conversation that the message was sent.
    /// </summary>
    public bool Reconciled { get; internal set; }

    /// <summary>Gets when its first request was about to leave; null if none was.</summary>
    public DateTimeOffset? Started => TimeOf(_started);

    /// <summary>Gets when its outcome was known; null while it is being sent.</summary>
    public DateTimeOffset? Ended => TimeOf(_ended);

    /// <summary>Gets when the server made the message, if it was sent.</summary>
    public DateTimeOffset? Created => TimeOf(_created);

    /// <summary>
    /// Gets why the message was not sent, or may not have been, as far as the journal has it: what the server said in
    /// words it has not. Where the row broke a rule, the failure's code is the rule.
    /// </summary>
    /// <returns>
    /// The failure; null if the message was sent, or is being sent, or the run was stopped before it was.
    /// </returns>
    public Failure? GetFailure()
    {
        if (State is JournalState.Sent or JournalState.Sending || this is { State: JournalState.NotSent, Code: null })
        {
            return null;
        }

        var cause = CauseIn(Code);
        var isContact = Code is FailureCodes.ContactNotFound or FailureCodes.ContactAmbiguous
            or FailureCodes.ContactMismatch or FailureCodes.ContactUnsubscribed;
        return new Failure
        {
            Operation = isContact ? Operation.QueryContacts : Operation.SendMessage,
            Cause = cause
                ?? (isContact ? FailureCause.Contact
                    : StatusCode is null ? FailureCause.InvalidRequest
                    : FailureCause.Status),
            StatusCode = StatusCode,
            Code = cause is null ? Code : null,
        };
    }

    /// <summary>Gets when its last request was about to leave; null if none was.</summary>
    internal DateTimeOffset? LastIntent => TimeOf(_lastIntent);

    /// <summary>Takes in a further line about the row.</summary>
    internal void Take(JournalState state, JournalRecord record)
    {
        var isIntent = state == JournalState.Sending;
        State = state;
        Row = record.Row ?? Row;
        ConversationId = record.ConversationId ?? ConversationId;
        _started = _started == 0 && isIntent ? TicksOf(record.Time) : _started;
        _lastIntent = isIntent ? TicksOf(record.Time) : _lastIntent;
        _ended = isIntent ? 0 : TicksOf(record.Time);

        // What an earlier outcome said holds no longer.
        MessageId = record.MessageId;
        _created = isIntent ? 0 : TicksOf(record.ServerTime);
        Attempts = isIntent ? null : record.Attempts ?? 0;
        Code = record.Code;
        StatusCode = record.Status;
        RequestId = record.RequestId;
        Reconciled = record.Reconciled;
    }

    // The journal's times are in UTC.
    private static DateTimeOffset? TimeOf(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);

    private static long TicksOf(DateTimeOffset? time) => time?.UtcTicks ?? 0;

    // Where neither Wix nor a rule gave a code, the name of the cause stands in its place. A code of Wix may be a
    // number, which .NET would take for a value.
    private static FailureCause? CauseIn(string? code) =>
        code is not null && Enum.IsDefined(typeof(FailureCause), code)
            ? (FailureCause)Enum.Parse(typeof(FailureCause), code)
            : null;
}
