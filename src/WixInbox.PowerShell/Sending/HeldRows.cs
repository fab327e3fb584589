namespace WixInbox.Sending;

/// <summary>
/// The rows at the beginning of a run, while all of them are new to a journal that knows whom they are for, but for a
/// few new people in front. They are held back, since their texts may have been changed after they were sent; the first
/// row that shows otherwise lets all of them go.
/// </summary>
internal sealed class HeldRows
{
    // By then a run is no new campaign that happens to begin with people who were written to before.
    private const int Most = 100;

    // Where a run was cut off, rows whose text has changed since come first, and then rows for people who are new to
    // the journal. So many in front are no chance.
    private const int LeastChanged = 3;

    // Exports that come newest first have new people on top. What is behind these may have been changed all the same,
    // and has to be more than a few.
    private const int MostNewInFront = 3;
    private const int LeastChangedBehind = 5;

    private readonly Queue<Action> _rows = new();
    private bool _mayHold = true;
    private int _changed;

    /// <summary>Gets how many rows in front of them are for people who are new to the journal.</summary>
    public int NewInFront { get; private set; }

    /// <summary>Gets how many rows are held.</summary>
    public int Count => _rows.Count;

    /// <summary>
    /// Gets a value indicating whether rows are held for people whom the journal knows, and no further row comes.
    /// </summary>
    public bool AreChanged => Holds && _changed >= (NewInFront == 0 ? 1 : LeastChangedBehind);

    /// <summary>Gets a value indicating whether so many are held that no further one is waited for.</summary>
    public bool IsFull => Holds && _rows.Count >= Most;

    private bool Holds => _mayHold && _changed > 0;

    /// <summary>Tells whether a row shows that those that are held have been changed.</summary>
    /// <param name="news">What the row has that is new.</param>
    public bool AreChangedBefore(JournalNews news) =>
        Holds
        && news == JournalNews.Recipient
        && _changed >= (NewInFront == 0 ? LeastChanged : LeastChangedBehind);

    /// <summary>Takes a row.</summary>
    /// <param name="news">What it has that is new.</param>
    /// <param name="go">What is done for it when it may go.</param>
    public void Add(JournalNews news, Action go)
    {
        _rows.Enqueue(go);
        _changed += news == JournalNews.Message ? 1 : 0;
        NewInFront += news == JournalNews.Recipient && _changed == 0 ? 1 : 0;
        _mayHold = _mayHold
            && (news is JournalNews.Message or JournalNews.Unsaid
                || (news == JournalNews.Recipient && _changed == 0 && NewInFront <= MostNewInFront));
    }

    /// <summary>Lets all rows go, since no further one comes.</summary>
    public void LetGo() => _mayHold = false;

    /// <summary>Gives the next row that may go.</summary>
    /// <returns>What is done for it; null if there is none.</returns>
    public Action? Take() => Holds || _rows.Count == 0 ? null : _rows.Dequeue();
}
