namespace WixInbox.Journal;

/// <summary>
/// Replays the lines of a journal and keeps the state of each row, which its last line decides. Resume, summary and
/// report all rest on this one replay. Not safe for several threads.
/// </summary>
/// <param name="rows">About how many rows there are, as far as that is known: a table that grows is copied.</param>
internal sealed class JournalReplay(int rows = 0)
{
    // A row that was sent has two lines.
    private const int UsualBytesPerRow = 430;
    private const int MostRowsExpected = 10_000_000;

    private readonly Dictionary<Hash128, RowFacts> _rows = new(rows);

    /// <summary>Gets the rows by their key.</summary>
    public IReadOnlyDictionary<Hash128, RowFacts> Rows => _rows;

    /// <summary>Gets how many runs have begun.</summary>
    public int Runs { get; private set; }

    public RowFacts this[Hash128 key]
    {
        get => _rows.TryGetValue(key, out var facts) ? facts : default;
        set => _rows[key] = value;
    }

    /// <summary>Gets about how many rows a journal has.</summary>
    /// <param name="length">How long it is, in bytes.</param>
    public static int RowsIn(long length) => (int)Math.Min(length / UsualBytesPerRow, MostRowsExpected);

    /// <summary>Gets the hash of a key: a key that this program made is a hash already.</summary>
    public static Hash128 HashOf(string key) => Hash128.Parse(key.AsSpan()) ?? Hash128.Of(key);

    /// <summary>Gets the state of a row after a line of a kind.</summary>
    /// <returns>The state; null if the line is about no row.</returns>
    public static JournalState? StateAfter(RecordKind kind) => kind switch
    {
        RecordKind.Intent => JournalState.Sending,
        RecordKind.Sent => JournalState.Sent,
        RecordKind.Failed => JournalState.Failed,
        RecordKind.NotSent => JournalState.NotSent,
        RecordKind.Unknown => JournalState.Unknown,
        _ => null,
    };

    /// <summary>Takes in a line.</summary>
    /// <param name="record">The line.</param>
    /// <param name="offset">Where it begins.</param>
    /// <returns>
    /// The row that it is about, and whether the run of the line has sent it: one that was only found to be sent is an
    /// earlier run's. Null if it is about no row.
    /// </returns>
    public (Hash128 Key, JournalState State, bool IsSentByRun)? Add(JournalRecord record, long offset)
    {
        if (record.Kind == RecordKind.Run)
        {
            Runs++;
        }

        if (StateAfter(record.Kind) is not { } state)
        {
            return null;
        }

        var key = record.KeyHash;
        var facts = this[key].After(record, offset);
        facts.Run = state == JournalState.Sending ? Runs : facts.Run;
        _rows[key] = facts;
        return (key, state, state == JournalState.Sent && facts.Run == Runs);
    }
}
