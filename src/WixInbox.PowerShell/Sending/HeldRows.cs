namespace WixInbox.Sending;

/// <summary>
/// Holds rows back while the journal matches none of them, beginning with the first whose recipient the journal knows.
/// A row that matches releases all of them; so do more rows with new recipients than with known ones.
/// </summary>
internal sealed class HeldRows
{
    // A new campaign may begin with recipients who were written to before, but hardly with this many.
    private const int Most = 100;

    // After a run that was cut off, rows with changed texts come first and rows with new recipients follow. So many
    // changed rows in front of these, or behind them, are no coincidence.
    private const int LeastChanged = 3;

    private readonly Queue<(SendingRow Row, Action Process)> _rows = new();
    private bool _mayHold = true;
    private bool _hasNew;
    private int _changed;
    private int _new;

    /// <summary>Gets how many rows have come.</summary>
    public int Came { get; private set; }

    /// <summary>Gets the rows that are held, as they are written if they are not processed.</summary>
    public IEnumerable<SendingRow> Rows => _rows.Select(held => held.Row);

    /// <summary>Gets how many of them are for people whom the journal knows, or for nobody.</summary>
    public int Known => _rows.Count - _new;

    /// <summary>
    /// Gets a value indicating whether so many rows are held for people whom the journal knows that their texts have
    /// been changed, if no further row comes.
    /// </summary>
    public bool AreChanged => Holds && _changed >= (_hasNew ? Math.Max(LeastChanged, _new) : 1);

    /// <summary>Gets a value indicating whether so many are held that no further one is waited for.</summary>
    public bool IsFull => Holds && _rows.Count >= Most;

    /// <summary>Gets a value indicating whether there is a row that is not held any more.</summary>
    public bool HasReleased => !Holds && _rows.Count > 0;

    private bool Holds => _mayHold && _changed > 0;

    /// <summary>Tells whether a row shows that those that are held have been changed.</summary>
    /// <param name="news">What the row has that is new.</param>
    public bool AreChangedBefore(JournalNews news) =>
        Holds && news == JournalNews.Recipient && _new == 0 && _changed >= LeastChanged;

    /// <summary>Takes a row.</summary>
    /// <param name="news">How the row compares with the journal.</param>
    /// <param name="row">The row, as it is written if it is not processed.</param>
    /// <param name="process">Processes the row.</param>
    public void Add(JournalNews news, SendingRow row, Action process)
    {
        Came++;
        _rows.Enqueue((row, process));
        _changed += news == JournalNews.Message ? 1 : 0;
        _hasNew |= news == JournalNews.Recipient;
        _new += news == JournalNews.Recipient && _changed > 0 ? 1 : 0;
        _mayHold = _mayHold && news != JournalNews.None && (!IsFull || AreChanged);
    }

    /// <summary>Releases all rows, since no more will come.</summary>
    public void LetGo() => _mayHold = false;

    /// <summary>Forgets the rows, which have been written.</summary>
    public void Clear() => _rows.Clear();

    /// <summary>Gives the next row that is not held any more, and what processes it.</summary>
    public (SendingRow Row, Action Process) Dequeue() => _rows.Dequeue();
}
