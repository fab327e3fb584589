using WixInbox.Clocks;
using WixInbox.Journal;
using WixInbox.Pace;

namespace WixInbox;

/// <summary>
/// The journal of a run, by which it can be resumed. Before a request leaves, it is on the disk that it is about to; after it, what became of it is written down.
/// The file is JSON Lines, and each line has a checksum. No message's text, no contact's data and no secret is in it.
/// </summary>
public sealed class SendJournal : IDisposable
{
    /// <summary>The most characters that a row's key has.</summary>
    public const int LongestKey = RowKey.Longest;

    private readonly IJournalStorage _storage;
    private readonly TimeProvider _time;
    private readonly JournalIndex _index;
    private readonly RowMatcher _matcher;
    private readonly JournalWriter _writer;

    // Held while the index, the matcher or the reader is used.
    private readonly object _gate = new();
    private readonly long _loadedEnd;
    private Stream? _reader;
    private bool _isDisposed;

    private SendJournal(IJournalStorage storage, JournalRecord header, bool resumed, JournalIndex index, TimeProvider time)
    {
        _storage = storage;
        _time = time;
        _index = index;
        _matcher = new RowMatcher(index);
        _loadedEnd = storage.Length;
        _writer = new JournalWriter(storage, _loadedEnd);
        Resumed = resumed;
        Created = header.Created!.Value;
        Connection = header.Connection!;
        KeyProperty = header.KeyProperty;
    }

    /// <summary>Gets the file.</summary>
    public string Path => _storage.Path;

    /// <summary>Gets a value indicating whether the journal was there before this run.</summary>
    public bool Resumed { get; }

    /// <summary>Gets when the journal was begun.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>Gets what the connection is known by.</summary>
    public string Connection { get; }

    /// <summary>Gets the property that the rows are known by; null if they are known by their content.</summary>
    public string? KeyProperty { get; }

    /// <summary>Gets why nothing can be written any more, for example a full disk; null if all is well.</summary>
    public Exception? Fault => _writer.Fault;

    /// <summary>Gets the rows of earlier runs of which nobody knows whether they were sent, in the order in which they were about to leave.</summary>
    internal IReadOnlyList<UnsettledRow> Unsettled => _index.Unsettled;

    /// <inheritdoc cref="JournalIndex.RecentRequests"/>
    internal IReadOnlyList<EarlierRequest> RecentRequests => _index.RecentRequests;

    /// <summary>Begins a journal, or goes on with one. Until it is disposed of, nobody else can.</summary>
    /// <param name="path">The file. A new one can be read by its user alone.</param>
    /// <param name="options">Whose journal it is.</param>
    /// <returns>The journal, which the caller disposes of.</returns>
    /// <exception cref="JournalException">It cannot be used. The file was left as it is.</exception>
    public static SendJournal Open(string path, SendJournalOptions options)
    {
        if (options is null)
        {
            throw new ArgumentNullException(nameof(options));
        }

        var file = System.IO.Path.GetFullPath(path);
        try
        {
            var storage = FileStorage.TryOpen(file);
            return storage is null ? throw JournalException.Locked(file, JournalReader.HolderOf(file)) : Open(storage, options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw JournalException.Unwritable(file, exception);
        }
    }

    /// <summary>Reads a journal as <see cref="Open(string, SendJournalOptions)"/> does, to find out what a run would do: nothing is locked, and nothing written.</summary>
    /// <param name="path">The file, which need not be there yet.</param>
    /// <param name="options">Whose journal it is.</param>
    /// <returns>The journal, which the caller disposes of.</returns>
    /// <exception cref="JournalException">It could not be gone on with.</exception>
    public static SendJournal Rehearse(string path, SendJournalOptions options)
    {
        if (options is null)
        {
            throw new ArgumentNullException(nameof(options));
        }

        var file = System.IO.Path.GetFullPath(path);
        try
        {
            return Open(new RehearsalStorage(file), options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw JournalException.Unwritable(file, exception);
        }
    }

    /// <summary>Takes the next row of the run. One call for each row, in input order, from one thread.</summary>
    /// <param name="key">What the row is known by, 1 to 256 characters; null for its content.</param>
    /// <param name="recipient">Whom it is for, if the row says so.</param>
    /// <param name="request">The message. Its <see cref="SendMessageRequest.ConversationId"/> does not count.</param>
    /// <param name="number">The number of the row, counted from 1, if it is known.</param>
    /// <returns>The row, with what earlier runs made of it.</returns>
    /// <exception cref="ArgumentException">The key is empty or too long.</exception>
    public JournalRow Take(string? key, Recipient? recipient, SendMessageRequest request, int? number)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        if (key is { Length: 0 or > RowKey.Longest })
        {
            throw new ArgumentException($"A key has 1 to {RowKey.Longest} characters, and this one {key.Length}.", nameof(key));
        }

        lock (_gate)
        {
            return _matcher.Take(key, recipient, request, number);
        }
    }

    /// <summary>Notes that a row breaks a rule and does not leave. The next run checks it anew. Where it may have left in an earlier run, nothing is noted.</summary>
    /// <param name="row">The row.</param>
    /// <param name="code">The rule, or what else is wrong, as a code.</param>
    public void NoteInvalid(JournalRow row, string code)
    {
        if (row is null)
        {
            throw new ArgumentNullException(nameof(row));
        }

        lock (_gate)
        {
            var facts = _index[row.KeyHash];
            if (!(facts.State == JournalState.Failed && facts.IsLocal))
            {
                NoteOutcome(row, new JournalRecord { Kind = RecordKind.Failed, Code = code, Attempts = 0 });
            }
        }
    }

    /// <summary>Reads back what a row's message became.</summary>
    /// <param name="row">The row.</param>
    /// <returns>A message with its id, its conversation and its date alone; null if the row was not sent.</returns>
    /// <exception cref="JournalException">The file cannot be read.</exception>
    public Message? ReadMessage(JournalRow row)
    {
        if (row is null)
        {
            throw new ArgumentNullException(nameof(row));
        }

        lock (_gate)
        {
            var facts = _index[row.KeyHash];
            if (facts.State != JournalState.Sent || _isDisposed)
            {
                return null;
            }

            try
            {
                if (facts.SentAt >= _loadedEnd)
                {
                    _writer.Flush();
                }

                var sent = ReadAt(facts.SentAt);
                return sent is not { Kind: RecordKind.Sent } ? null : new Message
                {
                    Id = sent.MessageId,
                    ConversationId = ReadAt(facts.IntentAt)?.ConversationId,
                    CreatedDate = sent.ServerTime,
                };
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw JournalException.Unwritable(Path, exception);
            }
        }
    }

    /// <summary>Finds the conversation of a recipient.</summary>
    /// <param name="recipient">The recipient.</param>
    /// <returns>Its id; null if it has to be asked for.</returns>
    public string? FindConversation(Recipient recipient)
    {
        if (recipient.Kind == RecipientKind.Conversation)
        {
            return recipient.Id;
        }

        lock (_gate)
        {
            return _index.Conversation(RowKey.OfRecipient(recipient));
        }
    }

    /// <summary>Writes what is still to be written, closes the file and lets others have it. What is noted later is lost, and nothing more may leave.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            _writer.Sync();
            _reader?.Dispose();
            _storage.Dispose();
        }
    }

    /// <summary>Begins a journal, or goes on with one.</summary>
    /// <param name="storage">Where it is. It is disposed of with the journal, and also if there is none.</param>
    /// <param name="options">Whose journal it is.</param>
    /// <returns>The journal.</returns>
    internal static SendJournal Open(IJournalStorage storage, SendJournalOptions options)
    {
        try
        {
            return JournalOpening.Open(storage, options, (header, resumed, index) => new SendJournal(storage, header, resumed, index, options.TimeProvider));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            storage.Dispose();
            throw JournalException.Unwritable(storage.Path, exception);
        }
        catch
        {
            storage.Dispose();
            throw;
        }
    }

    /// <summary>Notes the conversation of a recipient, so that the next run need not ask for it.</summary>
    internal void NoteConversation(Recipient recipient, string conversationId)
    {
        if (recipient.Kind == RecipientKind.Conversation)
        {
            return;
        }

        var hash = RowKey.OfRecipient(recipient);
        lock (_gate)
        {
            if (!_isDisposed && _index.Conversation(hash) != conversationId)
            {
                _index.SetConversation(hash, conversationId);
                _writer.Add(new JournalRecord { Kind = RecordKind.Recipient, Recipient = hash, ConversationId = conversationId });
            }
        }
    }

    /// <summary>Notes that a row's request is about to leave. It may do so when the task has ended, and not if it has failed.</summary>
    /// <param name="row">The row.</param>
    /// <param name="conversationId">Where it goes to.</param>
    /// <param name="ahead">How far the server's clock is ahead of ours, if that is known: ours may be set before the next run looks for the message.</param>
    /// <param name="cancellationToken">Ends the wait. The row counts as not sent then.</param>
    /// <exception cref="JournalException">It cannot be written: nothing may leave.</exception>
    /// <exception cref="ObjectDisposedException">The journal is closed: nothing may leave.</exception>
    /// <exception cref="InvalidOperationException">The row's key belongs to an earlier row of this run.</exception>
    internal async Task NoteIntentAsync(JournalRow row, string conversationId, TimeSpan? ahead, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var durable = NoteIntent(row, conversationId, ahead);
        if (!await durable.HasEndedAsync(cancellationToken).ConfigureAwait(false))
        {
            NoteNotSent(row, null, null, null, 0);
            cancellationToken.ThrowIfCancellationRequested();
        }

        await durable.ConfigureAwait(false);
    }

    /// <summary>Notes that a row was sent.</summary>
    /// <param name="row">The row.</param>
    /// <param name="message">What it became.</param>
    /// <param name="attempts">How many requests that took.</param>
    /// <param name="reconciled">Whether that was found out by reading the conversation.</param>
    internal void NoteSent(JournalRow row, Message message, int attempts, bool reconciled) =>
        NoteOutcome(row, new JournalRecord
        {
            Kind = RecordKind.Sent,
            MessageId = message.Id,
            ServerTime = message.CreatedDate,
            Attempts = attempts,
            Reconciled = reconciled,
        }, message.ConversationId);

    /// <summary>Notes that the API rejected a row.</summary>
    internal void NoteFailed(JournalRow row, string? code, int? status, string? requestId, int attempts) =>
        NoteOutcome(row, Failure(RecordKind.Failed, code, status, requestId, attempts));

    /// <summary>Notes that a row was not sent and may be sent again.</summary>
    internal void NoteNotSent(JournalRow row, string? code, int? status, string? requestId, int attempts) =>
        NoteOutcome(row, Failure(RecordKind.NotSent, code, status, requestId, attempts));

    /// <summary>Notes that nobody knows whether a row was sent.</summary>
    internal void NoteUnknown(JournalRow row, string? code, int? status, string? requestId, int attempts) =>
        NoteOutcome(row, Failure(RecordKind.Unknown, code, status, requestId, attempts));

    /// <summary>Gets the ids of the messages that are known to be some row's own, in the conversation of an unsettled row.</summary>
    internal IReadOnlyCollection<string> SentIds(string conversationId)
    {
        lock (_gate)
        {
            return _index.SentIds(conversationId);
        }
    }

    /// <summary>Notes what was found out about an unsettled row. A row that this run is sending already, or that was settled before, stays as it is.</summary>
    /// <param name="row">The row.</param>
    /// <param name="found">Its message; null if there is none, and it may be sent again.</param>
    internal void Settle(UnsettledRow row, Message? found)
    {
        lock (_gate)
        {
            var facts = _index[row.KeyHash];
            if (_isDisposed || facts.IsBegun || facts.State is not (JournalState.Sending or JournalState.Unknown))
            {
                return;
            }

            var at = _writer.Add(new JournalRecord
            {
                Kind = found is null ? RecordKind.NotSent : RecordKind.Sent,
                Key = row.Key,
                MessageId = found?.Id,
                ServerTime = found?.CreatedDate,
                Attempts = row.Attempts,
                Reconciled = found is not null,
                Time = _time.GetUtcNow(),
            });
            facts.State = facts.Earlier = found is null ? JournalState.NotSent : JournalState.Sent;
            if (found is not null)
            {
                facts.SentAt = at;
                _index.AddSentId(row.ConversationId, found.Id);
                if (!facts.IsTaken)
                {
                    _index.AddSent(facts.Recipient);
                }
            }

            _index[row.KeyHash] = facts;
        }
    }

    private static JournalRecord Failure(RecordKind kind, string? code, int? status, string? requestId, int attempts) =>
        new() { Kind = kind, Code = code, Status = status, RequestId = requestId, Attempts = attempts };

    private Task NoteIntent(JournalRow row, string conversationId, TimeSpan? ahead)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                throw new ObjectDisposedException(nameof(SendJournal));
            }

            if (row.IsDuplicate)
            {
                throw new InvalidOperationException($"The key '{row.Key}' belongs to an earlier row of this run.");
            }

            var now = _time.GetUtcNow();
            var facts = _index[row.KeyHash];
            facts.IntentAt = _writer.Add(
                new JournalRecord
                {
                    Kind = RecordKind.Intent,
                    Key = row.Key,
                    Row = row.Number,
                    Recipient = row.RecipientHash,
                    ConversationId = conversationId,
                    Fingerprint = row.Fingerprint,
                    ServerTime = now + ahead,
                    Time = now,
                },
                out var durable);
            facts.Fingerprint = row.Fingerprint;
            facts.Recipient = row.RecipientHash;
            facts.State = JournalState.Sending;
            facts.IsBegun = true;
            row.IsBegun = true;
            _index[row.KeyHash] = facts;
            return durable;
        }
    }

    private void NoteOutcome(JournalRow row, JournalRecord record, string? conversationId = null)
    {
        lock (_gate)
        {
            // What did not leave in this run changes nothing of what may have left in an earlier one, or for an earlier row with the same key.
            var facts = _index[row.KeyHash];
            if (_isDisposed || row.IsDuplicate || (!row.IsBegun && facts.MayHaveLeft))
            {
                return;
            }

            record.Key = row.Key;
            record.Time = _time.GetUtcNow();
            if (!row.IsBegun)
            {
                record.Row = row.Number;
                record.Fingerprint = row.Fingerprint;
                facts.Fingerprint = row.Fingerprint;
            }

            var at = _writer.Add(record);
            facts.State = JournalIndex.StateAfter(record.Kind);
            facts.IsLocal = record is { Kind: RecordKind.Failed, Attempts: 0 };
            if (record.Kind == RecordKind.Sent)
            {
                facts.SentAt = at;
                _index.AddSentId(conversationId, record.MessageId);
            }

            _index[row.KeyHash] = facts;
        }
    }

    private JournalRecord? ReadAt(long offset)
    {
        _reader ??= _storage.OpenRead();
        _reader.Position = offset;
        return new JournalScan(_reader, 1024).Next();
    }
}
