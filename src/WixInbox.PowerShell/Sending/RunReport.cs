using System.Collections.Concurrent;
using WixInbox.Commands;
using WixInbox.Pipeline;

namespace WixInbox.Sending;

/// <summary>
/// Tells how a run goes: the notes and warnings of its sites, the progress, and the last line with the counts.
/// </summary>
/// <param name="cmdlet">The cmdlet, on whose thread anything but <see cref="Note"/> and <see cref="Warn"/> is called.
/// </param>
/// <param name="counts">The counts of the run.</param>
internal sealed class RunReport(SendWixInboxMessageCommand cmdlet, SendSummary counts) : IDisposable
{
    private readonly ConcurrentQueue<(string Line, bool IsWarning)> _notes = new();
    private SiteRuns _sites = null!;
    private SendProgress? _progress;

    // Shows the last line of a run that is stopped.
    private Action<string>? _showLate;

    /// <summary>Begins with the progress, before the first row.</summary>
    /// <param name="sites">The sites of the run.</param>
    /// <param name="stopped">What says that the run is being stopped.</param>
    public void Begin(SiteRuns sites, CancellationToken stopped)
    {
        _sites = sites;
        _progress = new SendProgress(cmdlet, cmdlet.ExpectedCount, stopped);
        _showLate = sites.Own.Plan is null && cmdlet.MyInvocation.ExpectingInput ? HostLine.Late(cmdlet) : null;
        counts.Journal = sites.Own.Run?.Journal;
    }

    /// <summary>Takes a line for the verbose stream. It may be called from any thread.</summary>
    public void Note(string line) => _notes.Enqueue((line, false));

    /// <summary>Takes a warning. It may be called from any thread.</summary>
    public void Warn(string line) => _notes.Enqueue((line, true));

    /// <summary>Writes what has been noted, and shows where the run is.</summary>
    /// <param name="window">The rows that are under way.</param>
    public void Show(Queue<SendingRow> window)
    {
        WriteNotes();
        if (!_progress!.IsDue)
        {
            return;
        }

        var connection = (window.Count > 0 ? window.Peek().Site : _sites.Own)?.Connection;
        var open = window.Count(row => !row.IsDone && row.ToSend?.IsOpen == true);
        _progress.Show(counts, _sites, connection, open);
    }

    /// <summary>Tells how the run went, when all its rows are written.</summary>
    public void Conclude()
    {
        WriteNotes();
        _progress!.Complete();
        counts.Elapsed = _progress.Elapsed;
        counts.Requests = _sites.Requests;
        counts.Connections =
            [.. _sites.All.Where(site => site.HasRows).Select(site => site.Connection?.Place).OfType<string>()];
        foreach (var changed in SiteRun.WarningsAtEnd(_sites.All, counts))
        {
            cmdlet.WriteWarning(changed);
        }

        if (_sites.Own.Plan is not null)
        {
            cmdlet.WriteVerbose(counts.ToString());
            return;
        }

        _showLate = null;

        // A single message is no run: who sends one sees it, and is told where there is nothing to see.
        if (!cmdlet.MyInvocation.ExpectingInput && counts.AlreadySent == 1)
        {
            cmdlet.WriteWarning(
                "The message was sent in an earlier run with this journal, and was not sent again. "
                    + "With another -Journal, it is.");
        }

        HostLine.Write(cmdlet, counts, cmdlet.MyInvocation.ExpectingInput);
    }

    /// <summary>Shows the counts of a run that was stopped before its end.</summary>
    public void ShowStopped()
    {
        if (Interlocked.Exchange(ref _showLate, null) is { } show && counts.Rows > 0)
        {
            counts.Stopped = true;
            counts.Unfinished = counts.Rows - counts.Done - counts.Skipped - counts.Declined - counts.NotTried;
            counts.Elapsed = _progress!.Elapsed;
            show(counts.ToString());
        }
    }

    /// <summary>Ends the progress. The host may ask the terminal for that line too.</summary>
    public void Dispose() => _progress?.Dispose();

    private void WriteNotes()
    {
        while (_notes.TryDequeue(out var note))
        {
            if (note.IsWarning)
            {
                cmdlet.WriteWarning(note.Line);
            }
            else
            {
                cmdlet.WriteVerbose(note.Line);
            }
        }
    }
}
