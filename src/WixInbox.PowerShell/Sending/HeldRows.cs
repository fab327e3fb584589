namespace WixInbox.Sending;

/// <summary>
/// The rows of a run from the first one on whose text may have been changed after it was sent, as long as the journal
/// has no row of the run as it is. They are held back; the first row that it has lets all of them go, and so do new
/// people, where they are more.
/// </summary>
internal sealed class HeldRows
{
    // By then a run is no new campaign that happens to begin with people who were written to before.
    private const int Most = 100;

    // Where a run was cut off, rows whose text has changed since come first, and then rows for people who are new to
    // the journal. So many in front of these, or behind them, are no chance.
    private const int LeastChanged = 3;

    private readonly Queue<Action> _rows = new();
    private bool _mayHold = true;
    private bool _hasNew;
    private int _changed;
    private int _new;

    /// <summary>Gets how many rows have come.</summary>
    public int Read { get; private set; }

    /// <summary>Gets how many rows are held.</summary>
    public int Count => _rows.Count;

    /// <summary>Gets how many of them are for people whom the journal knows, or for nobody.</summary>
    public int Known => _rows.Count - _new;

    /// <summary>
    /// Gets a value indicating whether so many rows are held for people whom the journal knows that their texts have
    /// been changed, if no further row comes.
    /// </summary>
    public bool AreChanged => Holds && _changed >= (_hasNew ? Math.Max(LeastChanged, _new) : 1);

    /// <summary>Gets a value indicating whether so many are held that no further one is waited for.</summary>
    public bool IsFull => Holds && _rows.Count >= Most;

    private bool Holds => _mayHold && _changed > 0;

    /// <summary>Tells whether a row shows that those that are held have been changed.</summary>
    /// <param name="news">What the row has that is new.</param>
    public bool AreChangedBefore(JournalNews news) =>
        Holds && news == JournalNews.Recipient && _new == 0 && _changed >= LeastChanged;

    /// <summary>Takes a row.</summary>
    /// <param name="news">What it has that is new.</param>
    /// <param name="go">What is done for it when it may go.</param>
    public void Add(JournalNews news, Action go)
    {
        Read++;
        _rows.Enqueue(go);
        _changed += news == JournalNews.Message ? 1 : 0;
        _hasNew |= news == JournalNews.Recipient;
        _new += news == JournalNews.Recipient && _changed > 0 ? 1 : 0;
        _mayHold = _mayHold && news != JournalNews.None && (!IsFull || AreChanged);
    }

    /// <summary>Lets all rows go, since no further one comes.</summary>
    public void LetGo() => _mayHold = false;

    /// <summary>Gives the next row that may go.</summary>
    /// <returns>What is done for it; null if there is none.</returns>
    public Action? Take() => Holds || _rows.Count == 0 ? null : _rows.Dequeue();
}
