using System.Globalization;
using System.Runtime.CompilerServices;
using WixInbox.Contacts;
using WixInbox.Journal;
using WixInbox.Pace;
using WixInbox.Validation;

namespace WixInbox;

/// <summary>
/// Sends many messages over one client: finds the conversation of each recipient once, keeps the messages of one
/// conversation in the order in which they were given, one at a time, however they name it, and finds out what became
/// of those whose answer was lost. Different conversations go side by side, so that a row in trouble delays those
/// behind it in its own conversation and nobody else. With a journal, a run that was cut off is resumed.
/// </summary>
/// <remarks>
/// A message that was not sent but may be sent later, since there was no network for example, holds back those after it
/// to the same conversation: they would overtake it. A row that is answered with a server error for good is given up
/// after 30 to 40 seconds.
/// </remarks>
public sealed class BulkRun : IAsyncDisposable, IDisposable
{
    /// <summary>How many addresses, or ids of contacts, are looked up with one request.</summary>
    public const int LookUpSize = ContactDirectory.BatchSize;

    private readonly WixInboxClient _client;
    private readonly BulkRunOptions _options;
    private readonly SendJournal? _journal;
    private readonly RowSender? _sender;
    private readonly ActiveRows _active;

    // Cancelled but never disposed: rows under way still hold its token, and without a timer there is nothing to free.
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenRegistration _ending;

    // The keys that rows have brought, where no journal keeps them.
    private readonly HashSet<Hash128> _keys = [];
    private readonly TaskCompletionSource<bool> _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _rows;
    private int _isDisposed;

    // The rows, and the run itself.
    private int _underWay = 1;

    private BulkRun(
        WixInboxClient client,
        BulkRunOptions options,
        SendJournal? journal,
        bool isRehearsal,
        CancellationToken cancellationToken)
    {
        _client = client;
        _options = options;
        _journal = journal;
        _ending = cancellationToken.Register(_ended.Cancel);
        _active = new ActiveRows(options.MostUnderWay);
        if (!isRehearsal)
        {
            var slots = new SlotPool(options.ThrottleLimit);
            _sender = new RowSender(new RunContext(client, journal, options, slots, _ended.Token), _active);
        }
    }

    /// <summary>Gets the journal's file; null for a run without one.</summary>
    public string? Journal => _journal?.Path;

    /// <summary>Gets a value indicating whether the journal was there before this run.</summary>
    public bool IsResumed => _journal?.IsResumed ?? false;

    /// <summary>
    /// Finds the journal that an earlier run has begun beside this one, for the rows over another connection. Where
    /// that file is gone, all of its rows would be new, and be sent again.
    /// </summary>
    /// <param name="tagOrName">The tag or the name that was noted, in upper or lower case.</param>
    /// <returns>The tag as it was noted; null if none was, and for a run without a journal.</returns>
    public string? FindBeside(string tagOrName) => _journal?.FindBeside(tagOrName);

    /// <summary>Notes that a journal was begun beside this one, for the rows over another connection.</summary>
    /// <param name="tag">What the name of its file has of that connection.</param>
    /// <param name="name">The name of the connection, which may have another tag in a later run; null if none.</param>
    public void NoteBeside(string tag, string? name) => _journal?.NoteBeside(tag, name);

    /// <summary>Begins a run. Opening a journal of a million rows takes seconds.</summary>
    /// <param name="client">Sends. The caller disposes of it, after the run.</param>
    /// <param name="options">How to send.</param>
    /// <param name="cancellationToken">Ends the run: what is under way is stopped, and may have been sent.</param>
    /// <returns>The run, which the caller disposes of.</returns>
    /// <exception cref="JournalException">The journal cannot be used. The file was left as it is.</exception>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> was cancelled while the journal was read. The file was left as it is.
    /// </exception>
    public static Task<BulkRun> OpenAsync(
        WixInboxClient client, BulkRunOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Open(client, options, cancellationToken), cancellationToken);

    /// <inheritdoc cref="OpenAsync"/>
    public static BulkRun Open(
        WixInboxClient client, BulkRunOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (client is null)
        {
            throw new ArgumentNullException(nameof(client));
        }

        var how = options ?? new BulkRunOptions();
        var journal = how.Journal is null ? null
            : SendJournal.Open(how.Journal, JournalOptions(client, how, cancellationToken));
        return Open(client, how, journal, cancellationToken);
    }

    /// <summary>
    /// Begins a run that sends nothing, to find out what a run would do: the journal is read, and neither locked nor
    /// written.
    /// </summary>
    /// <param name="client">What would send.</param>
    /// <param name="options">How it would.</param>
    /// <param name="cancellationToken">Ends the reading of the journal.</param>
    /// <returns>The run, which the caller disposes of.</returns>
    /// <exception cref="JournalException">The journal could not be gone on with.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static BulkRun Rehearse(
        WixInboxClient client, BulkRunOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (client is null)
        {
            throw new ArgumentNullException(nameof(client));
        }

        var how = options ?? new BulkRunOptions();
        var journal = how.Journal is null ? null : SendJournal.Rehearse(
            how.Journal, JournalOptions(client, how, cancellationToken));
        return new BulkRun(client, how, journal, isRehearsal: true, default);
    }

    /// <summary>Finds all rules that a message to a recipient breaks. Nothing is sent.</summary>
    /// <param name="recipient">Whom it is for; null to look at the message alone.</param>
    /// <param name="request">The message. Its <see cref="SendMessageRequest.ConversationId"/> does not count.</param>
    /// <returns>The violations; empty if the message may be sent.</returns>
    public static IReadOnlyList<FieldViolation> Validate(Recipient? recipient, SendMessageRequest request)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        var rules = new FieldRules();
        recipient?.Validate(rules);
        MessageValidator.Body(rules, request);
        return rules.Violations;
    }

    /// <summary>
    /// Sends messages, and gives what became of each, in the order in which they were given. Those that an earlier run
    /// has sent are not sent, nor those that failed in it, unless they have been changed since.
    /// </summary>
    /// <param name="messages">
    /// The messages. They are read as they can be sent: as many ahead as <see cref="BulkRunOptions.Window"/> and
    /// <see cref="BulkRunOptions.MostUnderWay"/> allow.
    /// One without a recipient, or with a key that is empty or too long, ends as
    /// <see cref="OutcomeKind.Rejected"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>A result for each message.</returns>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> was cancelled. What was under way may have been sent.
    /// </exception>
    public async IAsyncEnumerable<BulkResult> SendAllAsync(
        IEnumerable<BulkMessage> messages, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (messages is null)
        {
            throw new ArgumentNullException(nameof(messages));
        }

        using var ending = cancellationToken.Register(_ended.Cancel);
        await foreach (var result in new BulkWindow(this, _options.Window).SendAsync(messages).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    /// <summary>
    /// Takes the next row, and finds out what earlier runs made of it. One call for each row, in order, from one
    /// thread.
    /// </summary>
    /// <param name="message">
    /// The message. It is the caller's again when this returns, unless files have to be uploaded for it: then it is
    /// read once more, and has to be as it was.
    /// </param>
    /// <returns>The row.</returns>
    /// <exception cref="ArgumentException">Its key is empty or too long.</exception>
    public BulkRow Take(BulkMessage message)
    {
        if (message is null)
        {
            throw new ArgumentNullException(nameof(message));
        }

        if (message.Key is { Length: 0 or > BulkMessage.LongestKey } key)
        {
            throw new ArgumentException(
                $"A key has 1 to {BulkMessage.LongestKey} characters, and this one {key.Length}.", nameof(message));
        }

        var row = NewRow(message);
        row.Freeze(isJournaled: _journal is not null);
        if (_journal is not null)
        {
            _journal.Take(row);
        }
        else if (row.Key is not null)
        {
            row.IsKeyRepeated = !_keys.Add(JournalReplay.HashOf(row.Key));
        }

        row.IsSettled = row.Earlier == JournalState.Sent
            || (row.Earlier == JournalState.Failed
                && !row.Facts.IsLocal
                && !row.IsChanged
                && !_options.RetryFailed);
        if (row is { Earlier: JournalState.Sent, IsKeyRepeated: false, IsKeyOfAnother: false, IsChanged: false }
            && row.Recipient is not null)
        {
            _sender?.NoteSent(row);
        }

        return row;
    }

    /// <summary>Sends a row. The order of the calls is the order of the messages of a conversation.</summary>
    /// <param name="row">The row.</param>
    /// <returns>
    /// What became of it. Where its conversation could not be found, nothing was sent. A refusal that every further row
    /// would meet is <see cref="OutcomeKind.NotSent"/>: nothing is wrong with the row.
    /// </returns>
    /// <exception cref="InvalidOperationException">
    /// The row has no recipient, or the key of an earlier one or of another recipient's, or the run sends nothing.
    /// </exception>
    public Task<Outcome<Message>> SendAsync(BulkRow row)
    {
        if (row is null)
        {
            throw new ArgumentNullException(nameof(row));
        }

        if (_sender is null || row.Recipient is null || row.IsKeyRepeated || row.IsKeyOfAnother)
        {
            throw new InvalidOperationException(
                _sender is null ? "A rehearsal sends nothing."
                    : row.Recipient is null ? "The row has no recipient."
                    : $"The key '{row.Key}' belongs to an earlier row{(row.IsKeyRepeated ? " of this run" : "")}.");
        }

        var violations = row.Validate();
        if (violations.Count > 0)
        {
            NoteInvalid(row, violations[0].Rule);
            return Task.FromResult(Outcome<Message>.Invalid(Operation.SendMessage, violations));
        }

        if (_ended.IsCancellationRequested)
        {
            return Task.FromCanceled<Outcome<Message>>(_ended.Token);
        }

        Interlocked.Increment(ref _underWay);
        _active.Add();
        return SendAsync(_sender, row);
    }

    /// <summary>
    /// Waits where as many rows are under way as <see cref="BulkRunOptions.MostUnderWay"/>, until half of them are
    /// through: whoever begins rows is woken once for many. A row that waits for an earlier one to the same
    /// conversation does not count. One thread waits at a time.
    /// </summary>
    /// <returns>A task that ends when further rows are to be begun.</returns>
    public Task WaitForRoomAsync() => _active.WaitForRoomAsync();

    /// <summary>
    /// Lets no further row leave. Rows that have not left yet end with <see cref="FailureCause.RunEnded"/>; requests in
    /// flight run to their outcome. A failure that every further row would meet does the same.
    /// </summary>
    public void Stop() =>
        _sender?.Stop(new Failure { Operation = Operation.SendMessage, Cause = FailureCause.RunEnded });

    /// <summary>
    /// Notes that somebody wants no messages, as a row says that is not sent. Later rows for that person are refused,
    /// also those that name the same contact in another way; rows that were taken before are not.
    /// </summary>
    /// <param name="names">The person, by all names that the row has.</param>
    public void OptOut(params Recipient[] names) => _sender?.OptOut(names, _client.Pace.NextOrder());

    /// <summary>Notes that a row breaks a rule and is not sent. The next run checks it anew.</summary>
    /// <param name="row">The row.</param>
    /// <param name="code">The rule, or what else is wrong, as a code.</param>
    public void NoteInvalid(BulkRow row, string code) =>
        _journal?.NoteInvalid(row ?? throw new ArgumentNullException(nameof(row)), code);

    /// <summary>Reads back what a row's message became in an earlier run.</summary>
    /// <param name="row">The row.</param>
    /// <returns>A message with its id, its conversation and its date alone; null if the row was not sent.</returns>
    /// <exception cref="JournalException">The file cannot be read, or the run is over.</exception>
    public Message? ReadSent(BulkRow row) => _journal?.ReadMessage(row ?? throw new ArgumentNullException(nameof(row)));

    /// <summary>
    /// Tells whether the conversation of a recipient is known from earlier runs, so that no request is spent on it.
    /// </summary>
    /// <param name="recipient">The recipient.</param>
    /// <returns>Whether it is.</returns>
    public bool KnowsConversation(Recipient recipient) =>
        recipient.Kind == RecipientKind.Conversation || _journal?.FindConversation(recipient) is not null;

    /// <summary>
    /// Ends the run: what is under way is stopped, and may have been sent. The journal is closed when all has ended.
    /// </summary>
    /// <returns>A task that ends then.</returns>
    public async ValueTask DisposeAsync()
    {
        End();
        await _idle.Task.ConfigureAwait(false);
        _journal?.Dispose();
    }

    /// <summary>
    /// Ends the run at once. Outcomes that arrive later can no longer be written down, so their rows are left open in
    /// the journal.
    /// </summary>
    public void Dispose()
    {
        End();
        _journal?.Dispose();
    }

    /// <summary>Begins a run with a journal that is open.</summary>
    internal static BulkRun Open(
        WixInboxClient client, BulkRunOptions options, SendJournal? journal, CancellationToken cancellationToken)
    {
        if (journal is not null)
        {
            client.Sent.LearnDates(journal.DatesAreTrue);
            client.Pace.AddOwnRun(journal.Run);
            if (client.Pace.Recall(journal.RecentRequests) is var earlier and > 0)
            {
                var note = string.Format(
                    CultureInfo.InvariantCulture,
                    "An earlier run made {0:N0} requests in the last minute, which count towards Wix's limit.",
                    earlier);
                Callbacks.Call(options.Note, note);
            }
        }

        return new BulkRun(client, options, journal, isRehearsal: false, cancellationToken);
    }

    /// <summary>Numbers a row, and gives it its place in the order of the connection's rows.</summary>
    internal BulkRow NewRow(BulkMessage message)
    {
        _rows++;
        return new BulkRow(message, message.Number ?? _rows, _client.Pace.NextOrder());
    }

    /// <summary>Gets what a row became that an earlier run has sent.</summary>
    internal Outcome<Message> ReadOutcome(BulkRow row) => _journal!.ReadOutcome(row);

    private static SendJournalOptions JournalOptions(
        WixInboxClient client, BulkRunOptions options, CancellationToken cancellationToken) =>
        new(options.JournalIdentity ?? client.Identity)
    {
        Stopped = cancellationToken,
        KeyProperty = options.KeyProperty,
        ExpectedCount = options.ExpectedCount,
        TimeProvider = client.TimeProvider,
    };

    // On the caller's thread until the row waits for something, so that rows ask to leave in their order.
    private async Task<Outcome<Message>> SendAsync(RowSender sender, BulkRow row)
    {
        try
        {
            return await sender.SendAsync(row).ConfigureAwait(false);
        }
        finally
        {
            _active.Remove();
            EndOne();
        }
    }

    private void EndOne()
    {
        if (Interlocked.Decrement(ref _underWay) == 0)
        {
            _idle.TrySetResult(true);
        }
    }

    private void End()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _ending.Dispose();
            _ended.Cancel();
            EndOne();
        }
    }
}
