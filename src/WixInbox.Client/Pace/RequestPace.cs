using System.Diagnostics.CodeAnalysis;
using WixInbox.Clocks;

namespace WixInbox.Pace;

/// <summary>
/// Lets requests leave at the pace that the API allows, over all that share a connection, in the order in which they ask; and none while there is no
/// network or no server.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle is not asked for holds nothing to be let go, and a closed connection may still have callers in it.")]
internal sealed class RequestPace
{
    private readonly RequestWindow _window;
    private readonly CircuitBreaker _breaker = new();
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly DateTimeOffset _startDate;

    // Whoever waits for a place holds the turn, so that those behind wait for it and not for the place: first come, first served.
    private readonly SemaphoreSlim _turn = new(1, 1);

    // When the request that waits at the head may leave, in ticks since the start.
    private long _nextAt;

    // The date of the latest request that was recalled: a journal that is opened again brings the same ones.
    private DateTimeOffset _recalled = DateTimeOffset.MinValue;
    private TaskCompletionSource<bool> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Initializes a new instance of the <see cref="RequestPace"/> class.</summary>
    /// <param name="requestsPerMinute">The most requests in any 60 seconds; zero for any number.</param>
    /// <param name="time">The clock.</param>
    public RequestPace(int requestsPerMinute, TimeProvider time)
    {
        _window = new RequestWindow(requestsPerMinute);
        _time = time;
        _start = time.GetTimestamp();
        _startDate = time.GetUtcNow();
    }

    /// <summary>Gets how long nothing may leave because the server asks to wait.</summary>
    public TimeSpan HeldFor
    {
        get
        {
            lock (_window)
            {
                return _window.HeldFor(Now());
            }
        }
    }

    /// <summary>Gets how long it is until the request that waits at the head may leave; zero if none waits.</summary>
    public TimeSpan Wait
    {
        get
        {
            var wait = new TimeSpan(Volatile.Read(ref _nextAt)) - Now();
            return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
        }
    }

    /// <summary>Gets a value indicating whether nothing leaves, but for a try now and then, since most requests have failed.</summary>
    public bool IsOutage
    {
        get
        {
            lock (_window)
            {
                return _breaker.IsOpen;
            }
        }
    }

    /// <summary>Waits until a request may leave. Whatever becomes of it, <see cref="Leave"/> follows.</summary>
    /// <param name="longestHold">How long the server may ask to wait: if it asks for more, no place is taken.</param>
    /// <param name="cancellationToken">Ends the wait. No place is taken then.</param>
    /// <returns>The place, or why there is none.</returns>
    public async Task<PaceEntry> EnterAsync(TimeSpan longestHold, CancellationToken cancellationToken)
    {
        int givenUp;
        lock (_window)
        {
            givenUp = _breaker.GivenUp;
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (true)
            {
                TimeSpan now;
                TimeSpan wait;
                Task answer;
                lock (_window)
                {
                    now = Now();
                    if (_breaker.GivenUp != givenUp)
                    {
                        return PaceEntry.Outage;
                    }

                    if (_window.HeldFor(now) > longestHold)
                    {
                        return PaceEntry.HeldTooLong;
                    }

                    wait = _breaker.WaitFor(now);
                    if (wait == TimeSpan.Zero)
                    {
                        wait = _window.TryEnter(now);
                        if (wait == TimeSpan.Zero)
                        {
                            return new PaceEntry(now, _breaker.Enter());
                        }
                    }

                    answer = _answer.Task;
                }

                if (wait == RequestWindow.UntilAnAnswer)
                {
                    await answer.HasEndedAsync(cancellationToken).ConfigureAwait(false);
                    cancellationToken.ThrowIfCancellationRequested();
                }
                else
                {
                    Volatile.Write(ref _nextAt, (now + wait).Ticks);
                    await _time.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            Volatile.Write(ref _nextAt, 0);
            _turn.Release();
        }
    }

    /// <summary>Notes that a request has its answer, or will have none.</summary>
    /// <param name="entry">Its place.</param>
    /// <param name="failed">Whether it failed for lack of a network or a server; null if it was cancelled.</param>
    /// <param name="mayArrive">Whether it was given up after it had left, so that the server may have it later still.</param>
    /// <returns>Whether it was the last try in an outage, which is given up with it.</returns>
    public bool Leave(PaceEntry entry, bool? failed, bool mayArrive)
    {
        TaskCompletionSource<bool> answer;
        bool over;
        lock (_window)
        {
            _window.Leave(Now(), mayArrive);
            over = _breaker.Leave(Now(), entry.IsTry, failed);
            answer = _answer;
            _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        answer.TrySetResult(true);
        return over;
    }

    /// <summary>Counts requests that an earlier program has made, so that those of both together keep to the limit.</summary>
    /// <param name="requests">The requests. Those that were recalled before, or are this pace's own, are not counted again.</param>
    /// <returns>How many of them count.</returns>
    public int Recall(IEnumerable<EarlierRequest> requests)
    {
        lock (_window)
        {
            var earlier = requests.Where(request => request.Date > _recalled && request.Date < _startDate).ToList();
            if (earlier.Count > 0)
            {
                _recalled = earlier.Max(request => request.Date);
                _window.Recall(earlier.Select(request => (request.Date - _startDate, request.MayArrive)));
            }

            return earlier.Count;
        }
    }

    /// <summary>Stops everything until the time that the server asks for is over.</summary>
    /// <param name="entry">The place of the request that was refused.</param>
    /// <param name="wait">How long to wait.</param>
    public void Hold(PaceEntry entry, TimeSpan wait)
    {
        lock (_window)
        {
            _window.Hold(Now(), entry.Left, wait);
        }
    }

    private TimeSpan Now() => _time.GetElapsedTime(_start);
}
