namespace WixInbox.Clocks;

/// <summary>
/// Waits on a <see cref="TimeProvider"/>, for which .NET and .NET Framework have different words, and waits that can be
/// cancelled.
/// </summary>
internal static class Waits
{
    /// <summary>
    /// Waits for at least the given time. A timer counts whole milliseconds of a coarser clock than the one that tells
    /// the time: on Linux it has been seen to fire over 2.4 ms too early. The rest is waited for then.
    /// </summary>
    public static async Task WaitAsync(this TimeProvider time, TimeSpan delay, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        for (var left = delay; left > TimeSpan.Zero; left = delay - time.GetElapsedTime(start))
        {
            var whole = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
            await Task.Delay(whole, time, cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Continues on a thread of the pool, and frees the caller's thread.</summary>
#if NETFRAMEWORK
    public static PoolThread LeaveThreadAsync() => default;
#else
    public static System.Runtime.CompilerServices.ConfiguredTaskAwaitable LeaveThreadAsync() =>
        Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
#endif

    /// <summary>
    /// Waits until a task has ended, well or not. Where the wait is cancelled first, the task goes on.
    /// </summary>
    /// <returns>Whether the task has ended.</returns>
    public static async Task<bool> HasEndedAsync(this Task task, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => cancelled.TrySetResult(true)))
        {
            await Task.WhenAny(task, cancelled.Task).ConfigureAwait(false);
        }

        return task.IsCompleted;
    }

    /// <summary>Waits for a task, or for the cancellation of the wait: then the task goes on.</summary>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> was cancelled first.
    /// </exception>
    public static async Task<T> WaitForAsync<T>(this Task<T> task, CancellationToken cancellationToken)
    {
        if (!task.IsCompleted && !await HasEndedAsync(task, cancellationToken).ConfigureAwait(false))
        {
            throw new OperationCanceledException(cancellationToken);
        }

        return await task.ConfigureAwait(false);
    }

    /// <summary>Makes a token source that is cancelled after a time.</summary>
    public static CancellationTokenSource CreateTimeout(this TimeProvider time, TimeSpan delay) =>
#if NETFRAMEWORK
        time.CreateCancellationTokenSource(delay);
#else
        new(delay, time);
#endif
}
