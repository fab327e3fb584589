using WixInbox.Commands;
using WixInbox.Pipeline;

namespace WixInbox.Sending;

/// <summary>
/// Tells how a run goes: the notes and warnings of its sites, the progress, and the last line with the counts. Its time
/// begins where it is made.
/// </summary>
/// <param name="cmdlet">The cmdlet, on whose thread it is called.</param>
/// <param name="sites">The sites of the run.</param>
internal sealed class RunReport(SendWixInboxMessageCommand cmdlet, SiteRuns sites) : IDisposable
{
    private readonly SendProgress _progress = new(cmdlet, cmdlet.ExpectedCount, cmdlet.StopSignal.Token);

    // Shows the last line of a run that is stopped.
    private Action<string>? _showLate =
        cmdlet.Sends && cmdlet.MyInvocation.ExpectingInput ? HostLine.Late(cmdlet) : null;

    /// <summary>Gets the counts of the run.</summary>
    public SendSummary Counts { get; } = new() { Journal = sites.Own.Run?.Journal };

    /// <summary>Writes what has been noted, and shows where the run is.</summary>
    /// <param name="window">The rows that are under way.</param>
    public void Show(Queue<SendingRow> window)
    {
        sites.Notes.Write(cmdlet);
        if (!_progress.IsDue)
        {
            return;
        }

        var connection = (window.Count > 0 ? window.Peek().Site : sites.Own)?.Connection;
        var open = window.Count(row => !row.IsDone && row.ToSend?.IsOpen == true);
        _progress.Show(Counts, sites, connection, open);
    }

    /// <summary>Tells how the run went, when all its rows are written.</summary>
    public void Conclude()
    {
        sites.Notes.Write(cmdlet);
        _progress.Complete();
        Counts.Elapsed = _progress.Elapsed;
        Counts.Requests = sites.Requests;
        Counts.Connections =
            [.. sites.All.Where(site => site.HasRows).Select(site => site.Connection?.Place).OfType<string>()];
        foreach (var changed in SiteRun.WarningsAtEnd(sites.All, Counts))
        {
            cmdlet.WriteWarning(changed);
        }

        if (!cmdlet.Sends)
        {
            cmdlet.WriteVerbose(Counts.ToString());
            return;
        }

        _showLate = null;

        // A single message is no run: who sends one sees it, and is told where there is nothing to see.
        if (!cmdlet.MyInvocation.ExpectingInput && Counts.AlreadySent == 1)
        {
            cmdlet.WriteWarning(
                "The message was sent in an earlier run with this journal, and was not sent again. "
                    + "With another -Journal, it is.");
        }

        HostLine.Write(cmdlet, Counts, cmdlet.MyInvocation.ExpectingInput);
    }

    /// <summary>Shows the counts of a run that was stopped before its end.</summary>
    public void ShowStopped()
    {
        if (Interlocked.Exchange(ref _showLate, null) is { } show && Counts.Rows > 0)
        {
            Counts.Stopped = true;
            Counts.Unfinished = Counts.Rows - Counts.Done - Counts.Skipped - Counts.Declined - Counts.NotTried;
            Counts.Elapsed = _progress.Elapsed;
            show(Counts.ToString());
        }
    }

    /// <summary>Ends the progress. The host may ask the terminal for that line too.</summary>
    public void Dispose() => _progress.Dispose();
}
