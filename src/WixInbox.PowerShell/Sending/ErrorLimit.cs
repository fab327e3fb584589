using System.Management.Automation;
using WixInbox.Errors;

namespace WixInbox.Sending;

/// <summary>
/// Counts the rows that failed, whether or not it is their turn to be written, and lets no further row leave once there
/// are as many as -MaxErrorCount. Safe for several threads.
/// </summary>
/// <param name="most">How many rows may fail; null for any number.</param>
/// <param name="stop">Lets no further row leave. It is called on the thread of the row that failed.</param>
internal sealed class ErrorLimit(int? most, Action stop)
{
    private int _failed;

    /// <summary>Gets a value indicating whether as many rows have failed as may.</summary>
    public bool IsReached => Volatile.Read(ref _failed) >= most;

    /// <summary>Counts a row that failed.</summary>
    public void Count()
    {
        if (Interlocked.Increment(ref _failed) >= most)
        {
            stop();
        }
    }

    /// <summary>Counts a row by its error, unless its recipient has unsubscribed: the run is not at fault.</summary>
    public void Count(ErrorRecord error)
    {
        if (ErrorIds.Of(error) != ErrorIds.ContactUnsubscribed)
        {
            Count();
        }
    }

    /// <summary>Counts a row when its outcome comes, and not when it is its turn to be written.</summary>
    /// <param name="sending">What sends the row.</param>
    /// <returns>The outcome.</returns>
    public async Task<Outcome<Message>> WatchAsync(Task<Outcome<Message>> sending)
    {
        var outcome = await sending.ConfigureAwait(false);
        if (outcome.Value is null
            && !SendingRow.IsUntried(outcome)
            && outcome.Failure is not ({ Cause: FailureCause.Duplicate } or { Code: FailureCodes.ContactUnsubscribed }))
        {
            Count();
        }

        return outcome;
    }
}
