namespace WixInbox;

/// <summary>
/// The requests of one minute that a journal knows of. It does not know those that look up contacts by their address,
/// that read a conversation to find out about a lost answer, or that look for a conversation without finding one.
/// </summary>
public sealed class JournalMinute
{
    internal JournalMinute(DateTimeOffset start)
    {
        Start = start;
    }

    /// <summary>Gets when the minute begins, in UTC.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>Gets how many requests to send a message were about to leave: one for each attempt.</summary>
    public int Attempts { get; internal set; }

    /// <summary>
    /// Gets how many conversations were found. The journal gives them no time of their own: it is that of the line
    /// before.
    /// </summary>
    public int LookUps { get; internal set; }
}
