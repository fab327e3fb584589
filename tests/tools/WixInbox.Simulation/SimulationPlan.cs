namespace WixInbox.Simulation;

/// <summary>What happens in one simulated run, drawn from its seed.</summary>
internal sealed class SimulationPlan
{
    private readonly Random _random;
    private readonly double _trouble;
    private readonly double _slowest;
    private readonly List<(TimeSpan From, TimeSpan To)> _outages = [];
    private readonly Dictionary<string, int> _lossesLeft = [];
    private readonly bool _hasBadRows;

    public SimulationPlan(int seed)
    {
        _random = new Random(seed);
        _trouble = _random.Next(4) switch { 0 => 0, 1 => 0.01, 2 => 0.03, _ => 0.1 };
        _slowest = _random.Next(3) switch { 0 => 2, 1 => 60, _ => 500 };
        ThrottleLimit = _random.Next(3) switch { 0 => 1, 1 => 5, _ => _random.Next(2, 64) };
        Conversations = _random.Next(2) == 0 ? _random.Next(1, 8) : _random.Next(20, 400);
        Contacts = _random.Next(3) * Conversations / 4;
        Crashes = _random.Next(3) == 0 ? 0 : _random.Next(1, 5);
        ClockIsSet = _random.Next(2) == 0;
        for (var count = _random.Next(3); count > 0; count--)
        {
            var from = TimeSpan.FromSeconds(_random.Next(600));
            _outages.Add((from, from + TimeSpan.FromSeconds(_random.Next(2, 120))));
        }

        Pipelines = _random.Next(3) == 0 ? 2 : 1;
        _hasBadRows = _random.Next(3) == 0;
        Changes = _random.Next(2) == 0 ? Contacts / 4 : 0;
    }

    public int ThrottleLimit { get; }

    public int Conversations { get; }

    public int Contacts { get; }

    public int Crashes { get; }

    /// <summary>
    /// Gets a value indicating whether somebody sets the clock of the client's machine before each program but the
    /// first.
    /// </summary>
    public bool ClockIsSet { get; }

    /// <summary>Gets how many pipelines send over one connection, each with a journal of its own.</summary>
    public int Pipelines { get; }

    /// <summary>
    /// Gets how many contacts unsubscribe, and how many get another conversation, between two programs.
    /// </summary>
    public int Changes { get; }

    public bool IsOutage(TimeSpan now) => _outages.Any(outage => now >= outage.From && now < outage.To);

    /// <summary>Draws what happens to a request.</summary>
    /// <param name="text">The text of the message that it sends; null if it sends none.</param>
    public Fate NextFate(string? text) => Draw(() =>
        text is not null && IsLostAgain(text) ? Fate.LostBefore
        : _random.NextDouble() < _trouble ? (Fate)_random.Next(1, (int)Fate.Throttled + 1)
        : Fate.Served);

    public TimeSpan NextLatency() => Draw(() => TimeSpan.FromMilliseconds(0.5 + (_random.NextDouble() * _slowest)));

    /// <summary>Gets how long the server leaves a request lying that nobody waits for any more.</summary>
    public TimeSpan NextLateness() => Draw(() => TimeSpan.FromSeconds(_random.NextDouble() * 9));

    /// <summary>Gets how wrong the clock of the client's machine is from now on.</summary>
    public TimeSpan NextClock() => Draw(
        () => _random.Next(3) switch { 0 => TimeSpan.Zero, 1 => TimeSpan.FromHours(3), _ => TimeSpan.FromHours(-3) });

    public double NextDouble() => Draw(_random.NextDouble);

    public int Next(int from, int to) => Draw(() => _random.Next(from, to));

    // One row in a hundred is lost so often that a run gives it up, and once more in the next one.
    private bool IsLostAgain(string text)
    {
        if (!_hasBadRows || !text.EndsWith("42", StringComparison.Ordinal))
        {
            return false;
        }

        _lossesLeft[text] = _lossesLeft.GetValueOrDefault(text, 5) - 1;
        return _lossesLeft[text] >= 0;
    }

    private T Draw<T>(Func<T> draw)
    {
        lock (_random)
        {
            return draw();
        }
    }
}
