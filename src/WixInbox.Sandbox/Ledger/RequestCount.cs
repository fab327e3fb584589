namespace WixInbox.Sandbox;

/// <summary>How often a method, path and status came together.</summary>
public sealed class RequestCount
{
    internal RequestCount(string method, string path, int status, int count)
    {
        Method = method;
        Path = path;
        Status = status;
        Count = count;
    }

    /// <summary>Gets the HTTP method, as sent.</summary>
    public string Method { get; }

    /// <summary>
    /// Gets the path; where it has an id in it the route, such as <c>/inbox/v2/conversations/{conversationId}</c>, so
    /// that a run over many conversations stays one line.
    /// </summary>
    public string Path { get; }

    /// <summary>Gets the HTTP status; 0 where no response went out: a reset, a timeout, a cancelled request.</summary>
    public int Status { get; }

    /// <summary>Gets the number of requests.</summary>
    public int Count { get; }
}
