namespace WixInbox.Http;

/// <summary>What came of one attempt: an answer, or what ended it before there was one.</summary>
internal sealed class Attempt
{
    /// <summary>The status with which a proxy asks to sign in. It has passed nothing on.</summary>
    public const int ProxySignIn = 407;

    /// <summary>Gets the HTTP status; zero if no answer came.</summary>
    public int Status { get; init; }

    /// <summary>Gets the answer's body; null if it could not be read whole.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Gets the error that the body describes, without any secret; none if the request succeeded.</summary>
    public ErrorBody Error { get; init; } = ErrorBody.None;

    /// <summary>Gets Wix's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Gets how long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets what the server's clock showed, to the second.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Gets when the attempt began, by our clock.</summary>
    public DateTimeOffset Left { get; init; }

    /// <summary>Gets when the answer's headers came, by our clock.</summary>
    public DateTimeOffset Came { get; init; }

    /// <summary>Gets where a redirect leads, without its query.</summary>
    public string? Location { get; init; }

    /// <summary>Gets what ended the attempt, or the reading of its answer.</summary>
    public Exception? Exception { get; init; }

    /// <summary>Gets a value indicating whether no answer came since the time of the attempt was over.</summary>
    public bool TimedOut { get; init; }

    /// <summary>
    /// Gets a value indicating whether the server could not be reached, failed, or broke off, or whether a page came in
    /// place of an answer, as a proxy or the sign-in of a network gives it with a success.
    /// </summary>
    public bool IsOutage =>
        Status == 0 || Body is null || Status is >= 500 and not 501 || (Status is >= 200 and < 300 && IsPage(Body));

    /// <summary>
    /// Gets a value indicating whether the body had begun to leave when the attempt ended without an answer.
    /// </summary>
    public bool BodyStarted { get; init; }

    // Wix answers with JSON, in which no value begins so.
    private static bool IsPage(byte[] body) =>
        Array.Find(
            body, one => one is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF or 0xBB or 0xBF))
        == (byte)'<';
}
