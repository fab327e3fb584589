namespace WixInbox;

/// <summary>
/// What a journal says of its runs: the figures, each run in time, and the rows whose message is not known to have been
/// sent.
/// </summary>
public sealed class JournalReport
{
    internal JournalReport(JournalSummary summary, IReadOnlyList<JournalRun> runs, IReadOnlyList<JournalEntry> unsent)
    {
        Summary = summary;
        Runs = runs;
        Unsent = unsent;
    }

    /// <summary>Gets the figures of all runs together.</summary>
    public JournalSummary Summary { get; }

    /// <summary>Gets the runs, from the first to the last.</summary>
    public IReadOnlyList<JournalRun> Runs { get; }

    /// <summary>
    /// Gets the rows that failed, were not sent, are being sent, or of which nobody knows whether they were sent; by
    /// their number.
    /// </summary>
    public IReadOnlyList<JournalEntry> Unsent { get; }
}
