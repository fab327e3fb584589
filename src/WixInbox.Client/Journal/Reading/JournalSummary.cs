namespace WixInbox;

/// <summary>How far the runs of a journal have come.</summary>
public sealed class JournalSummary
{
    internal JournalSummary(string path, string connection)
    {
        Path = path;
        Connection = connection;
    }

    /// <summary>Gets the file.</summary>
    public string Path { get; }

    /// <summary>Gets the identity of the connection.</summary>
    public string Connection { get; }

    /// <summary>Gets the property that identifies the rows; null if they are identified by their content.</summary>
    public string? KeyProperty { get; internal init; }

    /// <summary>Gets when the journal was begun.</summary>
    public DateTimeOffset Created { get; internal init; }

    /// <summary>Gets how often a run was begun.</summary>
    public int Runs { get; internal set; }

    /// <summary>Gets how many rows the journal knows.</summary>
    public int Rows { get; internal set; }

    /// <summary>Gets how many of them were sent.</summary>
    public int Sent { get; internal set; }

    /// <summary>Gets of how many of those sent it was found out by reading the conversation.</summary>
    public int Reconciled { get; internal set; }

    /// <summary>Gets how many of them were rejected, or broke a rule.</summary>
    public int Failed { get; internal set; }

    /// <summary>Gets how many of them were not sent and may be sent again.</summary>
    public int NotSent { get; internal set; }

    /// <summary>
    /// Gets how many of them are on their way, while a run is under way: they are being sent, or an earlier run was
    /// cut off while it sent them and they are looked for in their turn.
    /// </summary>
    public int Sending { get; internal set; }

    /// <summary>Gets of how many of them nobody knows whether they were sent.</summary>
    public int Unknown { get; internal set; }

    /// <summary>Gets when the last line was written.</summary>
    public DateTimeOffset LastWritten { get; internal set; }

    /// <summary>Gets how many rows the last run has in all, if that was known when it began.</summary>
    public int? ExpectedCount { get; internal set; }

    /// <summary>
    /// Gets how long the runs took together, each from its beginning to its last line; one that is under way, until
    /// now.
    /// </summary>
    public TimeSpan Elapsed { get; internal set; }

    /// <summary>Gets how many rows the last run sent in a minute; 0 if it took less than a second.</summary>
    public double RatePerMinute { get; internal set; }

    /// <summary>
    /// Gets how long the rows take that are left, at the rate of the last run; null if that cannot be told, or none is
    /// left.
    /// </summary>
    public TimeSpan? TimeLeft { get; internal set; }

    /// <summary>Gets a value indicating whether a run is under way, as well as can be told from outside.</summary>
    public bool Active { get; internal set; }

    /// <summary>
    /// Gets the number of the first line that somebody changed, with which the journal cannot be gone on with; null if
    /// there is none.
    /// </summary>
    public int? DamagedLine { get; internal set; }
}
