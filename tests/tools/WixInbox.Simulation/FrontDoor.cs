namespace WixInbox.Simulation;

/// <summary>Counts the requests that the server sees, by its own clock.</summary>
/// <param name="limit">How many it lets pass in any 60 seconds.</param>
internal sealed class FrontDoor(int limit)
{
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(60);

    private Queue<(TimeSpan At, bool IsSend)> _latest = new();

    /// <summary>Gets how many requests were too many.</summary>
    public int TooMany { get; private set; }

    public void Enter(TimeSpan now, HttpRequestMessage request)
    {
        while (_latest.Count > 0 && now - _latest.Peek().At >= s_length)
        {
            _latest.Dequeue();
        }

        TooMany += _latest.Count >= limit ? 1 : 0;
        _latest.Enqueue((
            now,
            request.Method == HttpMethod.Post
                && request.RequestUri!.AbsolutePath.EndsWith("/messages", StringComparison.Ordinal)));
    }

    /// <summary>
    /// Leaves out what the next program cannot know of: the journal has what was sent, and not what was looked for in
    /// vain.
    /// </summary>
    public void ForgetLookUps() => _latest = new(_latest.Where(request => request.IsSend));
}
