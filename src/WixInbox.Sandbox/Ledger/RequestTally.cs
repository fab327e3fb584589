namespace WixInbox.Sandbox;

/// <summary>Counts every request that arrived, by method, path and status.</summary>
internal sealed class RequestTally
{
    private readonly Dictionary<(string Method, string Path, int Status), int> _counts = [];

    public void Add(string method, string path, int status)
    {
        lock (_counts)
        {
            _counts.TryGetValue((method, path, status), out var count);
            _counts[(method, path, status)] = count + 1;
        }
    }

    public IReadOnlyList<RequestCount> Snapshot()
    {
        lock (_counts)
        {
            return
            [
                .. _counts
                    .OrderBy(pair => pair.Key.Path, StringComparer.Ordinal)
                    .ThenBy(pair => pair.Key.Method, StringComparer.Ordinal)
                    .ThenBy(pair => pair.Key.Status)
                    .Select(pair => new RequestCount(pair.Key.Method, pair.Key.Path, pair.Key.Status, pair.Value)),
            ];
        }
    }

    public void Clear()
    {
        lock (_counts)
        {
            _counts.Clear();
        }
    }
}
