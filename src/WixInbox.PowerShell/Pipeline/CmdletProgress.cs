using System.Globalization;
using System.Management.Automation;
using System.Runtime.InteropServices;

namespace WixInbox.Pipeline;

/// <summary>
/// Writes a cmdlet's progress: none in the first second, then at most once a second, and only what has changed.
/// </summary>
/// <remarks>
/// No more is written than somebody reads. While progress is on the screen, the console host of PowerShell 7 asks a
/// terminal on Linux and macOS where its cursor is, with each line that it writes, and waits on standard input for the
/// answer. Ctrl+C discards what was typed and not read, and with it an answer on its way: then the pipeline waits for
/// the answer, and the stop waits for the pipeline. So the host is made to ask rarely, and never once the pipeline is
/// being stopped; and where a stop takes more than a second, the terminal is asked again.
/// </remarks>
/// <param name="cmdlet">The cmdlet, whose thread alone may call this.</param>
/// <param name="stopped">What says that the pipeline is being stopped.</param>
internal sealed class CmdletProgress(PSCmdlet cmdlet, CancellationToken stopped) : IDisposable
{
    private const string CursorQuestion = "\x1b[6n";
    private const double Megabyte = 1024 * 1024;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    // The console host would draw it into a file or another program's input.
    private readonly bool _isSeen = !cmdlet.Prefers("Progress", ActionPreference.SilentlyContinue)
        && !cmdlet.Prefers("Progress", ActionPreference.Ignore)
        && !HostLine.IsOutputRedirected(cmdlet.Host);

    private readonly bool _asksTerminal = HostLine.IsOfConsole(cmdlet.Host)
        && !RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
        && !HostLine.IsInputRedirected(cmdlet.Host);

    private readonly long _start = TimeProvider.System.GetTimestamp();
    private TimeSpan _lookedAt;
    private string? _shown;
    private ITimer? _askingAgain;
    private int _ticksSinceStop;

    /// <summary>Gets how long it is since this was made.</summary>
    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_start);

    /// <summary>Tells whether it is time to show something.</summary>
    public bool IsDue => _isSeen && !stopped.IsCancellationRequested && Elapsed - _lookedAt >= s_interval;

    /// <summary>Shows how far the cmdlet is, if it is time to and something has changed.</summary>
    public void Show(ProgressRecord record)
    {
        if (!IsDue)
        {
            return;
        }

        _lookedAt = Elapsed;
        var text =
            FormattableString.Invariant($"{record.StatusDescription} {record.PercentComplete} ")
            + FormattableString.Invariant($"{record.SecondsRemaining}");
        if (text != _shown)
        {
            _shown = text;
            _askingAgain ??= _asksTerminal
                ? TimeProvider.System.CreateTimer(_ => AskAgain(), null, s_interval, s_interval)
                : null;
            cmdlet.WriteProgress(record);
        }
    }

    /// <summary>Takes it away, if there is any. The host does so itself where the pipeline is stopped.</summary>
    public void Complete()
    {
        if (_shown is not null && !stopped.IsCancellationRequested)
        {
            cmdlet.WriteProgress(new ProgressRecord(0, cmdlet.MyInvocation.MyCommand.Name, " ")
            {
                RecordType = ProgressRecordType.Completed,
            });
            Dispose();
        }
    }

    /// <summary>Ends what is done for a cmdlet that does not come to its end.</summary>
    public void Dispose() => _askingAgain?.Dispose();

    /// <summary>Says what holds a client up. It names nobody, and no file.</summary>
    public static string? DescribeWait(WixInboxClient client)
    {
        var wait = client.PaceWait;
        if (wait >= s_interval)
        {
            return string.Format(
                CultureInfo.InvariantCulture,
                client.IsOutage
                    ? "Wix cannot be reached: next try in {0:N0} s"
                    : "Wix's limit: next request in {0:N0} s",
                Math.Ceiling(wait.TotalSeconds));
        }

        return client.Media.Uploading is { } upload
            ? string.Format(
                CultureInfo.InvariantCulture,
                "Uploading {0:N1} of {1:N1} MB",
                upload.Sent / Megabyte,
                upload.Size / Megabyte)
            : null;
    }

    // An answer takes milliseconds, and so does the way out: a stop that lasts from one tick to the next has lost one.
    // Asked for ever, a terminal would fill the next line with answers where something else holds the pipeline up.
    private void AskAgain()
    {
        if (stopped.IsCancellationRequested && ++_ticksSinceStop is 2 or 3)
        {
            Console.Write(CursorQuestion);
        }
    }
}
