using WixInbox.Clocks;
using WixInbox.Contacts;
using WixInbox.Pace;

namespace WixInbox;

/// <summary>
/// Looks up the contacts of a run: those of several rows with one request, and each but once, as long as the answer is
/// remembered.
/// </summary>
/// <param name="run">The run.</param>
internal sealed class ContactLookUps(RunContext run)
{
    // The shortest wait of a batch that is not full. At 200 requests a minute, a request takes three times as long.
    private static readonly TimeSpan s_batchWait = TimeSpan.FromMilliseconds(100);

    // How long a look-up that failed is the answer for further rows too.
    private static readonly TimeSpan s_failureMemory = TimeSpan.FromMinutes(1);

    private readonly ContactDirectory _contacts = new(run.Client);

    // When the cache is full, the oldest person makes room, and is looked up again for the next row.
    private readonly BoundedCache<Recipient, (Task<Outcome<ContactLookup>> Outcome, long Began)> _people = new(10_000);
    private readonly Dictionary<RecipientKind, Batch> _batches = [];

    /// <summary>Looks a contact up, together with those of other rows.</summary>
    /// <param name="recipient">The contact: an address or an id.</param>
    /// <param name="order">The place of the row among all that wait.</param>
    public Task<Outcome<ContactLookup>> FindAsync(Recipient recipient, long order)
    {
        Batch? batch;
        Task<Outcome<ContactLookup>> task;
        var isNew = false;
        lock (_batches)
        {
            var now = run.Client.TimeProvider.GetTimestamp();
            if (_people.TryGet(recipient, out var known)
                && (!HasFailed(known.Outcome)
                    || run.Client.TimeProvider.GetElapsedTime(known.Began, now) < s_failureMemory))
            {
                return known.Outcome;
            }

            if (!_batches.TryGetValue(recipient.Kind, out batch))
            {
                _batches[recipient.Kind] = batch = new Batch(recipient.Kind, run.PlaceOf(order));
                isNew = true;
            }

            task = batch.Add(recipient);
            _people.Set(recipient, (task, now));
            if (batch.Count == ContactDirectory.BatchSize)
            {
                _batches.Remove(recipient.Kind);
                batch.Close();
            }
        }

        if (isNew)
        {
            _ = RunAsync(batch);
        }

        return task;
    }

    private static bool HasFailed(Task<Outcome<ContactLookup>> lookUp) =>
        lookUp.IsCompleted && (lookUp.Status != TaskStatus.RanToCompletion || lookUp.Result.Value is null);

    private async Task RunAsync(Batch batch)
    {
        try
        {
            // Where rows are read one at a time, no other row can join the batch.
            if (run.Options.Window > 1)
            {
                await WaitForOthersAsync(batch).ConfigureAwait(false);
            }

            lock (_batches)
            {
                if (_batches.TryGetValue(batch.Kind, out var current) && current == batch)
                {
                    _batches.Remove(batch.Kind);
                }
            }

            run.Ended.ThrowIfCancellationRequested();
            var outcomes = batch.Kind == RecipientKind.Email
                ? await _contacts.FindByEmailAsync(batch.Ids, batch.Place, run.Ended).ConfigureAwait(false)
                : await _contacts.FindByIdAsync(batch.Ids, batch.Place, run.Ended).ConfigureAwait(false);
            batch.End(outcomes);
        }
        catch (OperationCanceledException)
        {
            batch.Cancel();
        }
        catch (Exception exception)
        {
            batch.Fail(exception);
        }
    }

    private async Task WaitForOthersAsync(Batch batch)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(run.Ended);
        var turn = WaitForTurnAsync(batch.Place, wait.Token);
        await Task.WhenAny(batch.Closed, turn).ConfigureAwait(false);
        await wait.CancelAsync().ConfigureAwait(false);

        // The look-up asks in the same place.
        await turn.HasEndedAsync(CancellationToken.None).ConfigureAwait(false);
    }

    // The rows in front leave first, and each of them lets another row into the window. Asked for as they come in, with
    // answers after 300 ms, the recipients of a long run would be looked up six at a time.
    private async Task WaitForTurnAsync(QueuePlace place, CancellationToken cancellationToken)
    {
        await run.Client.TimeProvider.WaitAsync(s_batchWait, cancellationToken).ConfigureAwait(false);
        await run.Client.WaitForTurnAsync(place, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Recipients of a kind that are looked up with one request.</summary>
    private sealed class Batch(RecipientKind kind, QueuePlace place)
    {
        private readonly TaskCompletionSource<bool> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<TaskCompletionSource<Outcome<ContactLookup>>> _lookups = [];
        private readonly List<string> _ids = [];

        public RecipientKind Kind { get; } = kind;

        public QueuePlace Place { get; } = place;

        public int Count => _ids.Count;

        public string[] Ids => [.. _ids];

        public Task Closed => _closed.Task;

        public Task<Outcome<ContactLookup>> Add(Recipient recipient)
        {
            var lookup = new TaskCompletionSource<Outcome<ContactLookup>>(
                TaskCreationOptions.RunContinuationsAsynchronously);
            _lookups.Add(lookup);
            _ids.Add(recipient.Id);
            return lookup.Task;
        }

        public void Close() => _closed.TrySetResult(true);

        public void End(Outcome<ContactLookup>[] outcomes)
        {
            for (var index = 0; index < _lookups.Count; index++)
            {
                _lookups[index].TrySetResult(outcomes[index]);
            }
        }

        public void Cancel() => _lookups.ForEach(lookup => lookup.TrySetCanceled());

        // Observed here, since nobody may wait for the look-up any more.
        public void Fail(Exception exception) => _lookups.ForEach(lookup =>
        {
            lookup.TrySetException(exception);
            _ = lookup.Task.Exception;
        });
    }
}
