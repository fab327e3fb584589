using WixInbox.Clocks;
using WixInbox.Pace;

namespace WixInbox.Journal;

/// <summary>
/// The journal of a run, by which it can be resumed. Before a request leaves, its intent is on the disk; after it, its
/// outcome is written down. The file is JSON Lines, and each line has a checksum. No message's text, no contact's data
/// and no secret is in it.
/// </summary>
internal sealed class SendJournal : IDisposable
{
    private readonly JournalFile _file;
    private readonly TimeProvider _time;

    // Held while the index or the file's reader is used.
    private readonly object _gate = new();
    private bool _isDisposed;

    private SendJournal(JournalFile file, TimeProvider time)
    {
        _file = file;
        _time = time;
    }

    /// <summary>Gets the file.</summary>
    public string Path => _file.Path;

    /// <inheritdoc cref="JournalFile.Id"/>
    public string Id => _file.Id;

    /// <summary>Gets the id of the run.</summary>
    public string Run => _file.Run;

    /// <summary>Gets a value indicating whether the journal was there before this run.</summary>
    public bool IsResumed => _file.IsResumed;

    /// <inheritdoc cref="JournalWriter.Fault"/>
    public JournalException? Fault => _file.Fault;

    /// <inheritdoc cref="JournalIndex.DatesAreTrue"/>
    public bool? DatesAreTrue => _file.Index.DatesAreTrue;

    /// <inheritdoc cref="JournalIndex.RecentRequests"/>
    public IReadOnlyList<EarlierRequest> RecentRequests => _file.Index.RecentRequests;

    /// <summary>Begins a journal or resumes one, and holds it until it is disposed of.</summary>
    /// <param name="path">The file. A new one can be read by its user alone.</param>
    /// <param name="options">Whose journal it is.</param>
    /// <returns>The journal, which the caller disposes of.</returns>
    /// <exception cref="JournalException">It cannot be used. The file was left as it is.</exception>
    public static SendJournal Open(string path, SendJournalOptions options) =>
        Open(path, options, file => FileStorage.TryOpen(file)
            ?? throw JournalException.Locked(file, JournalReader.HolderOf(file)));

    /// <summary>
    /// Reads a journal as <see cref="Open(string, SendJournalOptions)"/> does, to find out what a run would do: nothing
    /// is locked, and nothing written.
    /// </summary>
    /// <inheritdoc cref="Open(string, SendJournalOptions)"/>
    public static SendJournal Rehearse(string path, SendJournalOptions options) =>
        Open(path, options, file => new RehearsalStorage(file));

    /// <summary>Begins a journal, or goes on with one.</summary>
    /// <param name="storage">Where it is. It is disposed of with the journal, and also if there is none.</param>
    /// <param name="options">Whose journal it is.</param>
    /// <returns>The journal.</returns>
    public static SendJournal Open(IJournalStorage storage, SendJournalOptions options) =>
        new(JournalFile.Open(storage, options), options.TimeProvider);

    /// <summary>Takes the next row of the run. One call for each row, in input order.</summary>
    /// <param name="row">The row, which gets its key, and what earlier runs made of it.</param>
    public void Take(BulkRow row)
    {
        lock (_gate)
        {
            var index = _file.Index;
            var isGiven = row.HasOwnKey;
            row.EqualBefore = isGiven ? 0 : index.CountEqual(row.ContentHash());
            var hash = isGiven ? JournalReplay.HashOf(row.Key!) : RowKey.Of(row.ContentHash(), row.EqualBefore);
            row.SetKey(row.Key ?? hash.ToString(), hash);
            var facts = index[hash];
            row.Facts = facts;
            row.Open = index.Open(hash);
            row.Earlier = facts.State ?? (row.Open is null ? null : JournalState.Unknown);
            row.IsChanged = isGiven
                && facts.State is not null
                && ((facts.Fingerprint != default && facts.Fingerprint != row.Fingerprint.High)
                    || (facts.State != JournalState.Sent
                        && facts.Recipient != default
                        && facts.Recipient != row.RecipientHash.High)
                    || (facts.FailedContent != default && facts.FailedContent != row.ContentHash().High));
            row.IsKeyOfAnother = isGiven && facts.IsForAnother(row.RecipientHash) && !IsSamePerson(row, facts);
            row.IsKeyRepeated = index.IsTaken(hash);
            row.News = isGiven || row.Earlier is not null || row.Recipient is null
                ? JournalNews.None
                : index.FindNews(row.RecipientHash, ConversationOf(row), row.Fingerprint);
            row.IsKnownByOtherKey = isGiven
                && row.Earlier is null
                && row.Recipient is not null
                && index.HasUnmatchedText(row.RecipientHash, row.Fingerprint);
            if (!row.IsKeyOfAnother)
            {
                index.Take(hash);
            }
        }
    }

    /// <summary>
    /// Tells whether a row that is identified by its content is one that earlier runs have sent, or may have, to the
    /// same person under another name, such as an address. The row then takes the key and the state of that one.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="conversationId">
    /// The conversation that it goes to. A message to another conversation is another row.
    /// </param>
    public bool Recognize(BulkRow row, string conversationId)
    {
        if (!IsResumed || row.HasOwnKey || row.IsOpen)
        {
            return false;
        }

        lock (_gate)
        {
            if (FindByOtherName(row, conversationId) is not { } key)
            {
                return false;
            }

            row.SetKey(key.ToString(), key);
            row.Facts = _file.Index[key];
            row.Earlier = row.Facts.State;
            row.Open = _file.Index.Open(key);
            _file.Index.Take(key);
            return true;
        }
    }

    /// <summary>
    /// Tells whether a row that brings its key is one that an earlier run left open for another recipient, in a
    /// conversation that the row's has not replaced.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="conversationId">The conversation that it goes to.</param>
    public bool IsOpenForAnother(BulkRow row, string conversationId)
    {
        lock (_gate)
        {
            return row.HasOwnKey
                && row.Facts.Recipient != default
                && row.Facts.Recipient != row.RecipientHash.High
                && !_file.Index.WasSentTo(row.Facts, conversationId);
        }
    }

    /// <summary>
    /// Notes that a row breaks a rule and does not leave. The next run checks it anew. Where it may have left in an
    /// earlier run, nothing is noted.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="code">The rule, or what else is wrong, as a code.</param>
    public void NoteInvalid(BulkRow row, string code)
    {
        lock (_gate)
        {
            if (!row.Facts.IsLocal)
            {
                Note(row, new JournalRecord { Kind = RecordKind.Failed, Code = code, Attempts = 0 });
            }
        }
    }

    /// <summary>Reads back what a row's message became.</summary>
    /// <param name="row">The row.</param>
    /// <returns>A message with its id, its conversation and its date alone; null if the row was not sent.</returns>
    /// <exception cref="JournalException">The file cannot be read, or the journal is closed.</exception>
    public Message? ReadMessage(BulkRow row)
    {
        lock (_gate)
        {
            if (row.Facts.State != JournalState.Sent)
            {
                return null;
            }

            return _isDisposed ? throw JournalException.Closed(Path)
                : _file.ReadAt(row.Facts.SentAt) is { Kind: RecordKind.Sent } sent
                ? new Message
                {
                    Id = sent.MessageId,
                    ConversationId = sent.ConversationId,
                    CreatedDate = sent.ServerTime,
                    Delivery = MessageDelivery.Journaled,
                }
                : throw JournalException.Unreadable(Path, new IOException("It was changed while it was in use."));
        }
    }

    /// <summary>Gets the outcome of a row that was sent.</summary>
    /// <param name="row">The row.</param>
    /// <returns>Its message, or why the journal does not tell: the row is not sent again.</returns>
    public Outcome<Message> ReadOutcome(BulkRow row)
    {
        try
        {
            return new Outcome<Message> { Kind = OutcomeKind.Succeeded, Value = ReadMessage(row) };
        }
        catch (JournalException exception)
        {
            return new Outcome<Message> { Kind = OutcomeKind.NotSent, Failure = exception.ToFailure() };
        }
    }

    /// <summary>Finds the conversation of a recipient.</summary>
    /// <param name="recipient">The recipient, who is named by something else.</param>
    /// <returns>Its id; null if it has to be asked for.</returns>
    public string? FindConversation(Recipient recipient)
    {
        lock (_gate)
        {
            return _file.Index.Conversation(RowKey.OfRecipient(recipient));
        }
    }

    /// <summary>Notes the conversation of a recipient, so that the next run need not ask for it.</summary>
    public void NoteConversation(Recipient recipient, string conversationId)
    {
        if (recipient.Kind == RecipientKind.Conversation)
        {
            return;
        }

        var hash = RowKey.OfRecipient(recipient);
        lock (_gate)
        {
            if (!_isDisposed && _file.Index.Conversation(hash) != conversationId)
            {
                var isAddress = recipient.Kind == RecipientKind.Email;
                _file.Index.SetConversation(hash, conversationId, isAddress);
                _file.Append(new JournalRecord
                {
                    Kind = isAddress ? RecordKind.Address : RecordKind.Recipient,
                    Recipient = hash,
                    ConversationId = conversationId,
                });
            }
        }
    }

    /// <inheritdoc cref="BulkRun.FindBeside"/>
    public string? FindBeside(string tagOrName)
    {
        lock (_gate)
        {
            return _file.Index.Beside.TryGetValue(tagOrName, out var tag) ? tag : null;
        }
    }

    /// <inheritdoc cref="BulkRun.NoteBeside"/>
    public void NoteBeside(string tag, string? name)
    {
        lock (_gate)
        {
            var beside = _file.Index.Beside;
            if (!_isDisposed && !(beside.ContainsKey(tag) && beside.ContainsKey(name ?? tag)))
            {
                _file.Index.AddBeside(tag, name);
                _file.Append(new JournalRecord { Kind = RecordKind.Beside, Connection = tag, Name = name });
            }
        }
    }

    /// <summary>Tells whether a message is known to be a row's own.</summary>
    public bool IsTaken(string conversationId, string messageId)
    {
        lock (_gate)
        {
            return _file.Index.HasSentId(conversationId, messageId);
        }
    }

    /// <summary>
    /// Notes that a row's request is about to leave. The request may leave once the task has succeeded, and must not if
    /// the task has failed.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="conversationId">Where it goes to.</param>
    /// <param name="ahead">
    /// How far the server's clock is ahead of ours, if that is known: ours may be set before the next run looks for the
    /// message.
    /// </param>
    /// <param name="cancellationToken">
    /// Ends the wait. The row counts as not sent then, unless an earlier request may have sent it.
    /// </param>
    /// <exception cref="JournalException">
    /// It cannot be written, or the journal is closed: nothing may leave.
    /// </exception>
    /// <exception cref="InvalidOperationException">The row's key belongs to an earlier row of this run.</exception>
    public async Task NoteIntentAsync(
        BulkRow row, string conversationId, TimeSpan? ahead, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var durable = NoteIntent(row, conversationId, ahead);
        if (!await durable.HasEndedAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!row.MayHaveBeenSent)
            {
                NoteOutcome(row, RecordKind.NotSent, new Outcome<Message> { Kind = OutcomeKind.NotSent });
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        await durable.ConfigureAwait(false);
    }

    /// <summary>Notes what became of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="kind">What that is for a later run.</param>
    /// <param name="outcome">The outcome.</param>
    public void NoteOutcome(BulkRow row, RecordKind kind, Outcome<Message> outcome)
    {
        var message = outcome.Value;
        var failure = outcome.Failure;
        lock (_gate)
        {
            Note(row, new JournalRecord
            {
                Kind = kind,
                Content = kind == RecordKind.Failed && row.HasOwnKey ? row.ContentHash() : null,
                ConversationId = message?.ConversationId,
                MessageId = message?.Id,
                ServerTime = message?.CreatedDate,
                Reconciled = message?.Delivery == MessageDelivery.Reconciled,
                Code = failure?.Code
                    ?? failure?.Violations.Select(violation => violation.Rule).FirstOrDefault()
                    ?? failure?.Cause.ToString(),
                Status = failure?.StatusCode,
                RequestId = kind == RecordKind.Sent ? null : outcome.RequestId,
                Attempts = outcome.Attempts,
            });
        }
    }

    /// <summary>Notes what a look has found out about a row that an earlier run left open.</summary>
    /// <param name="row">The row.</param>
    /// <param name="found">Its message; null if it is proven not to have been sent.</param>
    public void NoteFinding(BulkRow row, Message? found)
    {
        lock (_gate)
        {
            Note(row, new JournalRecord
            {
                Kind = found is null ? RecordKind.NotSent : RecordKind.Sent,
                ConversationId = found?.ConversationId,
                MessageId = found?.Id,
                ServerTime = found?.CreatedDate,
                Reconciled = found is not null,
            }, isFinding: true);
        }
    }

    /// <summary>
    /// Writes what is still to be written, closes the file and releases the lock. What is noted later is lost, so no
    /// further request may leave.
    /// </summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                _file.Dispose();
            }
        }
    }

    private static SendJournal Open(string path, SendJournalOptions options, Func<string, IJournalStorage> open)
    {
        var file = FileStorage.FullName(path, JournalException.Unwritable);
        try
        {
            return Open(open(file), options);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw JournalException.Unwritable(file, exception);
        }
    }

    private bool IsSamePerson(BulkRow row, RowFacts facts) =>
        ConversationOf(row) is { } known && _file.Index.WasSentTo(facts, known);

    private string? ConversationOf(BulkRow row) =>
        row.Recipient is not { } recipient ? null
        : recipient.Kind == RecipientKind.Conversation ? recipient.Id
        : _file.Index.Conversation(RowKey.OfRecipient(recipient));

    // Only a message that is nothing but text is known by its conversation and its fingerprint, which leaves out
    // pictures and links.
    private Hash128? FindByOtherName(BulkRow row, string conversationId)
    {
        var index = _file.Index;
        foreach (var name in row.Names.Append(Recipient.Conversation(conversationId)).Where(
            name => name != row.Recipient))
        {
            // Of equal rows, earlier runs have sent the first ones first.
            var content = row.ContentHash(name);
            for (var before = 0; before <= row.EqualBefore; before++)
            {
                var key = RowKey.Of(content, before);
                var facts = index[key];
                if (facts is { MayHaveLeft: true, IsTaken: false } && index.WasSentTo(facts, conversationId))
                {
                    return key;
                }
            }
        }

        return row.IsFingerprintWhole
            ? index.FindUnmatched(conversationId, row.Fingerprint)
            : null;
    }

    private Task NoteIntent(BulkRow row, string conversationId, TimeSpan? ahead)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                throw JournalException.Closed(Path);
            }

            if (row.IsKeyRepeated)
            {
                throw new InvalidOperationException($"The key '{row.Key}' belongs to an earlier row of this run.");
            }

            var now = _time.GetUtcNow();
            var intent = new JournalRecord
            {
                Kind = RecordKind.Intent,
                Key = row.Key,
                Row = row.Number,
                Recipient = row.RecipientHash,
                ConversationId = conversationId,
                Fingerprint = row.Fingerprint,
                ServerTime = now + ahead,
                Time = now,
            };
            var durable = _file.AppendDurably(intent);
            row.Facts = row.Facts.After(intent, 0);
            row.HasIntent = true;
            return durable;
        }
    }

    private void Note(BulkRow row, JournalRecord record, bool isFinding = false)
    {
        // A row that did not leave in this run does not change the state of a message that may have left in an earlier
        // run, or for an earlier row with the same key. A finding of a look does.
        if (_isDisposed
            || row.IsKeyRepeated
            || (!row.HasIntent && !isFinding && (row.Facts.MayHaveLeft || row.Open is not null)))
        {
            return;
        }

        record.Key = row.Key;
        record.Time = _time.GetUtcNow();
        if (!row.HasIntent)
        {
            record.Row = row.Number;
            record.Fingerprint = row.Fingerprint;
            record.Recipient = row.RecipientHash;
        }

        row.Facts = row.Facts.After(record, _file.Append(record));
        if (record.Kind == RecordKind.Sent)
        {
            _file.Index.AddSentId(record.ConversationId, record.MessageId);
        }
    }
}
