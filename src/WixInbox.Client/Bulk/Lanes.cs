namespace WixInbox;

/// <summary>One lane for each key: whoever enters waits until those who entered before have left.</summary>
/// <typeparam name="TKey">What a lane is for.</typeparam>
internal sealed class Lanes<TKey>(IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    private readonly Dictionary<TKey, Task> _last = new(comparer);

    /// <summary>Gets how many lanes somebody is in.</summary>
    public int Count
    {
        get
        {
            lock (_last)
            {
                return _last.Count;
            }
        }
    }

    /// <summary>Takes the next place in a lane. The place is taken when the call is made; the task ends when it is this one's turn.</summary>
    /// <param name="key">The lane.</param>
    /// <returns>The turn: disposing of it leaves the lane.</returns>
    public Task<IDisposable> EnterAsync(TKey key)
    {
        var turn = new Turn(this, key);
        Task? before;
        lock (_last)
        {
            _last.TryGetValue(key, out before);
            _last[key] = turn.Left;
        }

        return before is null ? Task.FromResult<IDisposable>(turn) : WaitAsync(before, turn);
    }

    private static async Task<IDisposable> WaitAsync(Task before, IDisposable turn)
    {
        await before.ConfigureAwait(false);
        return turn;
    }

    private sealed class Turn(Lanes<TKey> lanes, TKey key) : IDisposable
    {
        private readonly TaskCompletionSource<bool> _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Left => _left.Task;

        public void Dispose()
        {
            lock (lanes._last)
            {
                // An empty lane is removed, so that memory does not grow with the number of conversations.
                if (lanes._last.TryGetValue(key, out var last) && last == Left)
                {
                    lanes._last.Remove(key);
                }
            }

            _left.TrySetResult(true);
        }
    }
}
