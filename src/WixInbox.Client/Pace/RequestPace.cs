using System.Diagnostics.CodeAnalysis;
using WixInbox.Http;

namespace WixInbox.Pace;

/// <summary>
/// Lets requests leave at the pace that the API allows, over all that share a connection, in the order in which they ask.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle is not asked for holds nothing to be let go, and a closed connection may still have callers in it.")]
internal sealed class RequestPace
{
    private readonly RequestWindow _window;
    private readonly TimeProvider _time;
    private readonly long _start;

    // Whoever waits for a place holds the turn, so that those behind wait for it and not for the place: first come, first served.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _nextAt;
    private TaskCompletionSource<bool> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Initializes a new instance of the <see cref="RequestPace"/> class.</summary>
    /// <param name="requestsPerMinute">The most requests in any 60 seconds; zero for any number.</param>
    /// <param name="time">The clock.</param>
    public RequestPace(int requestsPerMinute, TimeProvider time)
    {
        _window = new RequestWindow(requestsPerMinute);
        _time = time;
        _start = time.GetTimestamp();
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

    /// <summary>Waits until a request may leave. Whatever becomes of it, <see cref="Leave"/> follows.</summary>
    /// <param name="longestHold">How long the server may ask to wait: if it asks for more, no place is taken.</param>
    /// <param name="cancellationToken">Ends the wait. No place is taken then.</param>
    /// <returns>When it leaves, for <see cref="Hold"/>; null if the server asks to wait too long.</returns>
    public async Task<TimeSpan?> EnterAsync(TimeSpan longestHold, CancellationToken cancellationToken)
    {
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
                    if (_window.HeldFor(now) > longestHold)
                    {
                        return null;
                    }

                    wait = _window.TryEnter(now);
                    answer = _answer.Task;
                }

                if (wait == TimeSpan.Zero)
                {
                    return now;
                }

                if (wait == RequestWindow.UntilAnAnswer)
                {
                    await UnlessCancelled(answer, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    Volatile.Write(ref _nextAt, (now + wait).Ticks);

                    // Timers know whole milliseconds, and cut.
                    await _time.WaitAsync(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), cancellationToken).ConfigureAwait(false);
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
    public void Leave()
    {
        TaskCompletionSource<bool> answer;
        lock (_window)
        {
            _window.Leave(Now());
            answer = _answer;
            _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        answer.TrySetResult(true);
    }

    /// <summary>Stops everything until the time that the server asks for is over.</summary>
    /// <param name="left">When the request left that was refused.</param>
    /// <param name="wait">How long to wait.</param>
    public void Hold(TimeSpan left, TimeSpan wait)
    {
        lock (_window)
        {
            _window.Hold(Now(), left, wait);
        }
    }

    private static async Task UnlessCancelled(Task task, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => cancelled.TrySetResult(true)))
        {
            await Task.WhenAny(task, cancelled.Task).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private TimeSpan Now() => _time.GetElapsedTime(_start);
}
