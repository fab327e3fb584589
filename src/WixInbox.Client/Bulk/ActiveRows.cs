namespace WixInbox;

/// <summary>
/// The rows of a run that are under way, and wait for no earlier one to the same conversation: no more are begun than
/// keep the slots busy.
/// </summary>
/// <param name="most">How many there may be.</param>
internal sealed class ActiveRows(int most)
{
    private int _count;
    private TaskCompletionSource<bool>? _room;

    /// <summary>Notes a row that is begun, or has waited for another one.</summary>
    public void Add() => Interlocked.Increment(ref _count);

    /// <summary>
    /// Notes a row that is through, or waits for another one: it needs no slot, and others may be begun in its place.
    /// </summary>
    public void Remove()
    {
        if (HasRoom(Interlocked.Decrement(ref _count)))
        {
            Volatile.Read(ref _room)?.TrySetResult(true);
        }
    }

    /// <summary>Has a row wait for another one.</summary>
    /// <param name="turn">Ends when it is the row's turn.</param>
    public Task<IDisposable> WaitForAsync(Task<IDisposable> turn) => turn.IsCompleted ? turn : RestAsync(turn);

    /// <inheritdoc cref="BulkRun.WaitForRoomAsync"/>
    public Task WaitForRoomAsync()
    {
        if (_room is { Task.IsCompleted: false } waiting)
        {
            return waiting.Task;
        }

        if (Volatile.Read(ref _count) < most)
        {
            return Task.CompletedTask;
        }

        var room = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _room, room);

        // The last of them may have ended before the wait could be seen.
        if (HasRoom(Volatile.Read(ref _count)))
        {
            room.TrySetResult(true);
        }

        return room.Task;
    }

    private bool HasRoom(int count) => count <= most / 2;

    private async Task<IDisposable> RestAsync(Task<IDisposable> turn)
    {
        Remove();
        try
        {
            return await turn.ConfigureAwait(false);
        }
        finally
        {
            Add();
        }
    }
}
