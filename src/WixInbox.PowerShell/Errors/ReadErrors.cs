using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox.Errors;

/// <summary>
/// The error records of rows for which something was read, or a conversation found. Such a call may always be made
/// again.
/// </summary>
internal static class ReadErrors
{
    /// <summary>
    /// Tells whether every further call would fail in the same way. A read that fails within a run of sends does not
    /// end that; here the reads are the run.
    /// </summary>
    public static bool EndsRun(Failure failure) =>
        failure.ConcernsAll
        || (failure.ConcernsMedia && failure.StatusCode == 403 && failure.Operation != Operation.UploadFile)
        || (failure.Operation == Operation.ListMessages
            && (failure.Cause is FailureCause.Outage or FailureCause.Closed or FailureCause.Token or FailureCause.Proxy
                || FailureErrors.IsInboxMissing(failure)
                || failure.StatusCode is 429
                || (failure.StatusCode is 401 && !FailureErrors.IsNotJoined(failure))
                || (failure.StatusCode is 403 && failure.Code is null or FailureCodes.PermissionDenied)));

    /// <summary>Times that leave none between them.</summary>
    public static ErrorRecord NoTimeBetween() => new(
        new WixInboxException("-After is not earlier than -Before: no message can be between them."),
        ErrorIds.TimeRangeEmpty,
        ErrorCategory.InvalidArgument,
        null);

    /// <summary>
    /// A row that was not tried, since an earlier one over the same connection has met what it would meet too.
    /// </summary>
    public static ErrorRecord NotTried(Row row, Failure earlier, WixInboxConnection connection) =>
        FailureErrors.NotTried(row, connection, FailureErrors.Advise(earlier, string.Empty), "no request was made");

    /// <summary>Says that a connection alone is given up.</summary>
    public static string NoFurtherRow(WixInboxConnection connection) =>
        $"No further row of the connection {connection.Label} is tried, since each would fail in the same way.";

    /// <summary>A call that did not come to what was asked for.</summary>
    /// <typeparam name="T">What was asked for.</typeparam>
    /// <param name="row">The row that it was made for.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="consequence">What could not be done, as it goes on after the row's number.</param>
    /// <param name="connection">
    /// The connection that alone is given up where no further row would get past it; null where the run ends.
    /// </param>
    public static ErrorRecord Failed<T>(
        Row row, Outcome<T> outcome, string consequence, WixInboxConnection? connection = null)
        where T : class
    {
        var failure = outcome.Failure!;
        if (failure.Cause == FailureCause.InvalidRequest)
        {
            return RowErrors.Invalid(row, failure.Violations);
        }

        var end = !EndsRun(failure) ? null
            : connection is null ? "No further row was tried, since each would fail in the same way."
            : NoFurtherRow(connection);
        return FailureErrors.Record(row, outcome, FailureErrors.Advise(failure, "Try it again."), consequence, end);
    }
}
