using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace WixInbox.Runs;

/// <summary>
/// Shows how far a run is, a few times a second. A run that is over within a second shows nothing. It names nobody and says nothing of what is sent.
/// </summary>
internal sealed class SendProgress
{
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(1);

    private readonly PSCmdlet _cmdlet;
    private readonly int? _total;
    private readonly Stopwatch _run = Stopwatch.StartNew();
    private TimeSpan _shownAt;

    /// <summary>Initializes a new instance of the <see cref="SendProgress"/> class.</summary>
    /// <param name="cmdlet">The cmdlet that shows it.</param>
    /// <param name="total">How many rows will come, if somebody has said so.</param>
    public SendProgress(PSCmdlet cmdlet, int? total)
    {
        _cmdlet = cmdlet;
        _total = total;
    }

    /// <summary>Gets how long the run has taken.</summary>
    public TimeSpan Elapsed => _run.Elapsed;

    /// <summary>Gets how long to wait at the most before it is time to show something again.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Shows where the run is, if it is time to.</summary>
    /// <param name="counts">What became of the rows so far.</param>
    /// <param name="waiting">The rows that are on their way.</param>
    /// <param name="client">What they are sent with.</param>
    public void Show(SendSummary counts, int waiting, WixInboxClient? client)
    {
        var now = _run.Elapsed;
        if (now < s_silence || now - _shownAt < Interval)
        {
            return;
        }

        _shownAt = now;
        var perMinute = counts.Done / now.TotalMinutes;
        var skipped = counts.Journal is null ? string.Empty : string.Format(CultureInfo.CurrentCulture, ", {0:N0} skipped", counts.Skipped);
        var status = string.Format(CultureInfo.CurrentCulture, "{0:N0} sent, {1:N0} failed{2}, {3:N0} on their way, {4:N0} a minute", counts.Sent, counts.Failed, skipped, waiting, perMinute);
        var record = new ProgressRecord(0, "Send-WixInboxMessage", status);
        if (client is not null && Delay.Describe(client) is { } delay)
        {
            record.CurrentOperation = delay;
        }

        if (_total is { } total && total > 0)
        {
            var through = counts.Done + counts.Skipped;
            record.PercentComplete = (int)Math.Min(100, 100L * through / total);
            if (counts.Done > 0 && total > through)
            {
                record.SecondsRemaining = (int)Math.Min(int.MaxValue, (total - through) / perMinute * 60);
            }
        }

        _cmdlet.WriteProgress(record);
    }

    /// <summary>Takes the progress away.</summary>
    public void Complete()
    {
        if (_shownAt > TimeSpan.Zero)
        {
            _cmdlet.WriteProgress(new ProgressRecord(0, "Send-WixInboxMessage", " ") { RecordType = ProgressRecordType.Completed });
        }
    }
}
