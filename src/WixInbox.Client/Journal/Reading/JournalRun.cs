namespace WixInbox;

/// <summary>One run of a journal: from when it took the file until its last line.</summary>
public sealed class JournalRun
{
    private readonly SortedDictionary<DateTimeOffset, JournalMinute> _minutes = [];
    private readonly LinkedList<DateTimeOffset> _lastMinute = new();
    private int _mostAttemptsInMinute;

    internal JournalRun(DateTimeOffset started, int? expectedCount)
    {
        Started = started;
        Ended = started;
        ExpectedCount = expectedCount;
    }

    /// <summary>Gets when it started.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>Gets when its last line was written; of one that is under way, the time at which it was read.</summary>
    public DateTimeOffset Ended { get; internal set; }

    /// <summary>Gets how many rows it has in all, if that was known when it began.</summary>
    public int? ExpectedCount { get; }

    /// <summary>Gets how many messages it is known to have sent, or found to be sent.</summary>
    public int Sent { get; internal set; }

    /// <summary>Gets how many requests it made to send a message: one for each attempt.</summary>
    public int Attempts { get; private set; }

    /// <summary>Gets the most of these requests that it made within any 60 seconds.</summary>
    public int MostAttemptsInMinute => Math.Max(_mostAttemptsInMinute, _lastMinute.Count);

    /// <summary>Gets how many conversations it looked up and found, with one request each.</summary>
    public int LookUps { get; private set; }

    /// <summary>
    /// Gets the minutes of the clock in which it made a request, in order. Minutes without one are left out.
    /// </summary>
    public IReadOnlyCollection<JournalMinute> Minutes => _minutes.Values;

    internal void AddAttempt(DateTimeOffset time)
    {
        Attempts++;
        MinuteOf(time).Attempts++;
        _mostAttemptsInMinute = MostAttemptsInMinute;

        // Of a clock that was set back, those from before are as long ago as they seem to be ahead.
        while (_lastMinute.First is { } first && (time - first.Value).Duration() >= TimeSpan.FromMinutes(1))
        {
            _lastMinute.RemoveFirst();
        }

        _lastMinute.AddLast(time);
    }

    /// <summary>Takes back an attempt that did not leave: the run was stopped after its intent was written.</summary>
    internal void RemoveAttempt(DateTimeOffset time)
    {
        Attempts--;
        var minute = MinuteOf(time);
        minute.Attempts--;
        if (minute is { Attempts: 0, LookUps: 0 })
        {
            _minutes.Remove(minute.Start);
        }

        _lastMinute.Remove(time);
    }

    internal void AddLookUp(DateTimeOffset time)
    {
        LookUps++;
        MinuteOf(time).LookUps++;
    }

    private JournalMinute MinuteOf(DateTimeOffset time)
    {
        var start = new DateTimeOffset(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        if (!_minutes.TryGetValue(start, out var minute))
        {
            minute = new JournalMinute(start);
            _minutes.Add(start, minute);
        }

        return minute;
    }
}
