namespace WixInbox.Sandbox;

/// <summary>A request as a server sees it: read to its end before anything is decided about it.</summary>
internal sealed class IncomingRequest
{
    private readonly HttpRequestMessage _message;

    private IncomingRequest(HttpRequestMessage message, byte[] body)
    {
        _message = message;
        Body = body;
    }

    public string Method => _message.Method.Method;

    public string Path => _message.RequestUri!.AbsolutePath;

    /// <summary>Gets scheme, host and port, under which the client reached us.</summary>
    public string Origin => _message.RequestUri!.GetLeftPart(UriPartial.Authority);

    public string Query => _message.RequestUri!.Query;

    public string? MediaType => _message.Content?.Headers.ContentType?.MediaType;

    public bool IsJson => string.Equals(MediaType, "application/json", StringComparison.OrdinalIgnoreCase);

    public byte[] Body { get; }

    public static async Task<IncomingRequest> ReadAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        byte[] body = [];
        if (message.Content is not null)
        {
            // Reading it runs the caller's own content, so a client sees its body being sent as over a real connection.
#if NET
            body = await message.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
#else
            cancellationToken.ThrowIfCancellationRequested();
            body = await message.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
#endif
        }

        return new IncomingRequest(message, body);
    }

    public string? Header(string name) =>
        _message.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
