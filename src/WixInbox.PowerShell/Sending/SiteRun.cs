using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Sending;

/// <summary>
/// One site of a run: its connection, what sends over it and keeps its journal, and what that would cost.
/// </summary>
internal sealed class SiteRun : IDisposable
{
    // That of ASCII, and the full-width one.
    private static readonly char[] s_ats = ['@', '\uFF20'];

    private readonly string? _keyProperty;

    // In a rehearsal without a connection, whose journal it would be is not known.
    private readonly bool _isJournalUnread;

    // Those of a rehearsal without a connection, which has no run that knows them.
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly long _requestsBefore;
    private int _changed;
    private int _possiblyChanged;
    private int _knownByOtherKey;

    /// <summary>Initializes a new instance of the <see cref="SiteRun"/> class.</summary>
    /// <param name="connection">Its connection; null in a rehearsal without one.</param>
    /// <param name="run">What sends, or only tells what it would do; null without a connection.</param>
    /// <param name="plan">What is counted in a rehearsal.</param>
    /// <param name="keyProperty">The column that identifies a row, if one does.</param>
    /// <param name="isJournalUnread">Whether there is a journal, which is not read without a connection.</param>
    public SiteRun(
        WixInboxConnection? connection,
        BulkRun? run,
        SendPlanShare? plan,
        string? keyProperty,
        bool isJournalUnread = false)
    {
        Connection = connection;
        Run = run;
        Plan = plan;
        _keyProperty = keyProperty;
        _isJournalUnread = isJournalUnread;
        _requestsBefore = connection?.Client.RequestCount ?? 0;
    }

    /// <summary>Gets the connection; null in a rehearsal without one.</summary>
    public WixInboxConnection? Connection { get; }

    /// <summary>Gets what sends, or only tells what it would do; null in a rehearsal without a connection.</summary>
    public BulkRun? Run { get; }

    /// <summary>Gets what is counted in a rehearsal.</summary>
    public SendPlanShare? Plan { get; }

    /// <summary>Gets a value indicating whether the rows are written down, so that the run can be resumed.</summary>
    public bool HasJournal => Run?.Journal is not null;

    /// <summary>
    /// Gets or sets the outcome that every further row over the connection would have, once it is known. The other
    /// sites continue.
    /// </summary>
    public Outcome<Message>? End { get; set; }

    /// <summary>Gets or sets a value indicating whether a row went to the site.</summary>
    public bool HasRows { get; set; }

    /// <summary>Gets how many requests the connection has made in this run.</summary>
    public long Requests => (Connection?.Client.RequestCount ?? 0) - _requestsBefore;

    /// <summary>
    /// Makes the site of rows that have no connection: in a rehearsal, or where each row names its own.
    /// </summary>
    /// <param name="plan">What counts in a rehearsal; null where messages are sent.</param>
    /// <param name="keyProperty">The column that identifies a row, if one does.</param>
    /// <param name="hasJournal">Whether there is a journal, which is not read without a connection.</param>
    public static SiteRun Unconnected(SendPlan? plan, string? keyProperty, bool hasJournal = false) => new(
        null, null, plan?.Share("no connection", SendPlan.UsualLimit, null), keyProperty, isJournalUnread: hasJournal);

    /// <summary>Takes the next row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="request">What would be sent.</param>
    /// <param name="taken">The row as the run knows it; null if it has no key, or there is no run.</param>
    /// <returns>What is wrong with its key, if anything is.</returns>
    public RowViolation? Take(Row row, SendMessageRequest request, out BulkRow? taken)
    {
        taken = null;
        string? key = null;
        if (_keyProperty is { } column && ReadKey(row, column, out key) is { } problem)
        {
            return problem;
        }

        if (Run is null)
        {
            return key is null || _keys.Add(key) ? null : JournalErrors.KeyRepeated(row, _keyProperty!);
        }

        var bulkRow = Run.Take(new BulkMessage(row.Recipient, request)
        {
            Contacts = row.Contacts,
            Key = key,
            Number = row.Number,
        });
        if (bulkRow.IsKeyRepeated)
        {
            return JournalErrors.KeyRepeated(row, _keyProperty!);
        }

        if (bulkRow.IsKeyOfAnother)
        {
            return JournalErrors.KeyOfAnother(row, _keyProperty!);
        }

        taken = bulkRow;
        return null;
    }

    /// <summary>
    /// Gets the message of a row that an earlier run has sent, with the content that it has now; without any where that
    /// was changed since: what was sent is not known.
    /// </summary>
    public Message ReadSent(BulkRow row, SendMessageRequest request)
    {
        var sent = Run!.ReadSent(row);
        return row.IsChanged && sent is not null ? sent : MarkAlreadySent(sent, request);
    }

    /// <summary>
    /// Marks the message of a row as one that an earlier run has sent: it keeps its content, and gets the id, the
    /// conversation and the date that the journal has.
    /// </summary>
    /// <param name="sent">The message as the journal has it, which knows no content.</param>
    /// <param name="request">The row's request.</param>
    public static Message MarkAlreadySent(Message? sent, SendMessageRequest request)
    {
        var message = request.Message!;
        message.Id = sent?.Id;
        message.ConversationId = sent?.ConversationId;
        message.CreatedDate = sent?.CreatedDate;
        message.Delivery = MessageDelivery.Journaled;
        return message;
    }

    /// <summary>Gets what somebody should know of a row that is not sent again; the first of its kind alone.</summary>
    public string? WarningAfter(Row row, BulkRow journaled)
    {
        if (!journaled.IsChanged || ++_changed > 1)
        {
            return null;
        }

        return row.Begin(
            "its message has been changed since it was sent in an earlier run. It is not sent again under the same "
                + $"{_keyProperty}.");
    }

    /// <summary>Gets what somebody should know of a row before it is sent; the first of its kind alone.</summary>
    public string? WarningBefore(Row row, BulkRow journaled) =>
        journaled.IsKnownByOtherKey && ++_knownByOtherKey == 1
            ? row.Begin(
                "an earlier run has sent the same message to this recipient under another "
                + $"{_keyProperty}. If the keys were changed since, as Excel does with zeros in front, all are written "
                + "to again: -WarningAction Stop ends the run before that.")
        : journaled.News == JournalNews.Message && ++_possiblyChanged == 1
            ? row.Begin(
                "an earlier run has sent another message to this recipient, and this one is not in the journal. If its "
                + "text was changed since, they get both. With -KeyProperty, a row is known by a column and not by its "
                + "text.")
            : null;

    /// <summary>Gets what somebody should know at the end.</summary>
    /// <param name="sites">The sites of the run.</param>
    /// <param name="counts">What became of all its rows.</param>
    public static IEnumerable<string> WarningsAtEnd(IReadOnlyList<SiteRun> sites, SendSummary counts)
    {
        var isRehearsal = sites.Any(site => site.Plan is not null);
        if (sites.Any(site => site is { _isJournalUnread: true, HasRows: true }))
        {
            yield return "The journal was not read, since there is no connection: rows that an earlier run has sent "
                + "are counted as well. Connect-WixInbox first.";
        }

        var changed = sites.Sum(site => site._changed);
        if (changed > 1)
        {
            yield return Words.Count(changed, "row") + " were changed since an earlier run sent them, and "
                + (isRehearsal ? "would not be sent again." : "were not sent again.");
        }

        var possiblyChanged = sites.Sum(site => site._possiblyChanged);
        if (possiblyChanged > 1)
        {
            yield return Words.Count(possiblyChanged, "message")
                + (isRehearsal
                    ? " are new to the journal, and would go to recipients "
                    : " were new to the journal, and went to recipients ")
                + "to whom an earlier run had sent another.";
        }

        var knownByOtherKey = sites.Sum(site => site._knownByOtherKey);
        if (knownByOtherKey > 1)
        {
            yield return Words.Count(knownByOtherKey, "message")
                + $" {(isRehearsal ? "have" : "had")} new keys, and an earlier run had sent the same to the same "
                + "recipients under others.";
        }

        if (counts.AlreadyFailed > 0)
        {
            var isOne = counts.AlreadyFailed == 1;
            yield return Words.Count(counts.AlreadyFailed, "row") + " failed in an earlier run and "
                + (isRehearsal ? "would not be" : isOne ? "was not" : "were not") + " tried again. "
                + $"-RetryFailed tries {(isOne ? "it" : "them")}; Get-WixInboxJournal shows why.";
        }
    }

    public void Dispose() => Run?.Dispose();

    // The key that identifies the row in a journal.
    private static RowViolation? ReadKey(Row row, string column, out string? key)
    {
        key = RowValues.ReadText(row.Columns?.Properties[column], out var problem)?.Trim();
        if (problem is not null)
        {
            return JournalErrors.KeyUnreadable(row, column, problem);
        }

        // An address must not stand in the journal, and is the same in any case: its hash does for both. What is no
        // address that can be used may still be one with a slip, or two.
        if (key?.IndexOfAny(s_ats) >= 0)
        {
            key = Recipient.Email(AddressText.Read(key)?.Address ?? key!).ToHash();
        }

        return key is null || Unseen.IsBlank(key) ? JournalErrors.KeyMissing(row, column)
            : key.Length > BulkMessage.LongestKey ? JournalErrors.KeyTooLong(row, column, key.Length)
            : null;
    }
}
