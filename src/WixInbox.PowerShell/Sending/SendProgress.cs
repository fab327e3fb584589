using System.Globalization;
using System.Management.Automation;
using WixInbox.Pipeline;

namespace WixInbox.Sending;

/// <summary>
/// Shows how far a run is. A run that is over within a second shows nothing. It names nobody and says nothing of what
/// is sent.
/// </summary>
internal sealed class SendProgress : IDisposable
{
    private static readonly TimeSpan s_longWait = TimeSpan.FromSeconds(1);

    private readonly CmdletProgress _progress;
    private readonly int? _total;
    private TimeSpan _shownAt;
    private TimeSpan _held;

    /// <summary>Initializes a new instance of the <see cref="SendProgress"/> class.</summary>
    /// <param name="cmdlet">The cmdlet that shows it.</param>
    /// <param name="total">How many rows will come, if somebody has said so.</param>
    /// <param name="stopped">What says that the run is being stopped.</param>
    public SendProgress(PSCmdlet cmdlet, int? total, CancellationToken stopped)
    {
        _progress = new CmdletProgress(cmdlet, stopped);
        _total = total;
    }

    /// <summary>Gets how long the run has taken.</summary>
    public TimeSpan Elapsed => _progress.Elapsed;

    /// <inheritdoc cref="CmdletProgress.IsDue"/>
    public bool IsDue => _progress.IsDue;

    /// <summary>Shows where the run is.</summary>
    /// <param name="counts">What became of the rows so far.</param>
    /// <param name="sites">What they were sent over.</param>
    /// <param name="connection">What the next row is sent over.</param>
    /// <param name="open">How many messages are looked for that an earlier run left open.</param>
    public void Show(SendSummary counts, SiteRuns sites, WixInboxConnection? connection, int open)
    {
        var now = _progress.Elapsed;
        var delay = connection is null ? null : CmdletProgress.DescribeWait(connection.Client);
        var wait = connection?.Client.PaceWait ?? TimeSpan.Zero;
        if (wait >= s_longWait)
        {
            _held += now - _shownAt;
        }

        _shownAt = now;
        var skipped = counts.Skipped == 0
            ? string.Empty
            : string.Format(CultureInfo.InvariantCulture, ", {0:N0} skipped", counts.Skipped);
        var status = string.Format(
            CultureInfo.InvariantCulture, "{0:N0} sent, {1:N0} failed{2}", counts.Sent, counts.Failed, skipped);

        if (_total > 0)
        {
            var through = counts.Done + counts.Skipped;
            status = string.Format(CultureInfo.InvariantCulture, "{0:N0} of {1:N0}: {2}", through, _total, status);
        }

        if (open > 0)
        {
            var words = open == 1 ? "a message" : string.Format(CultureInfo.InvariantCulture, "{0:N0} messages", open);
            status = $"Looking for {words} that an earlier run left open. {status}";
        }

        // What holds it up goes first: the usual view of PowerShell 7 has one line, and cuts its end.
        var record = new ProgressRecord(0, "Send-WixInboxMessage", delay is null ? status : $"{delay}. {status}");
        if (_total is { } total && total > 0)
        {
            var through = counts.Done + counts.Skipped;
            record.PercentComplete = (int)Math.Min(100, 100L * through / total);
            if (counts.Done > 0 && total > through)
            {
                // A run is as fast as it was when nothing held it, and no faster than the limit of requests for long.
                var perMinute = counts.Done / Math.Max((now - _held).TotalMinutes, s_longWait.TotalMinutes);
                var limit = connection is { RequestsPerMinute: > 0 } limited
                    ? (double)limited.RequestsPerMinute * counts.Done / sites.Requests
                    : double.MaxValue;
                record.SecondsRemaining = (int)Math.Min(
                    int.MaxValue, wait.TotalSeconds + ((total - through) / Math.Min(perMinute, limit) * 60));
            }
        }

        _progress.Show(record);
    }

    /// <summary>Takes the progress away.</summary>
    public void Complete() => _progress.Complete();

    /// <summary>Ends what is done for a run that does not come to its end.</summary>
    public void Dispose() => _progress.Dispose();
}
