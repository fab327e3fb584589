using System.Net;

namespace WixInbox.Http;

/// <summary>
/// A request's body. It notes when the connection asks for its first byte: until then the server cannot have done what
/// is asked, and from then on it may have.
/// </summary>
internal abstract class RequestBody : HttpContent
{
    private volatile bool _started;

    /// <summary>Gets a value indicating whether the body has begun to leave.</summary>
    public bool Started => _started;

    protected abstract Task WriteAsync(Stream stream, CancellationToken cancellationToken);

    protected sealed override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        _started = true;
        return WriteAsync(stream, CancellationToken.None);
    }

#if !NETFRAMEWORK
    protected sealed override Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _started = true;
        return WriteAsync(stream, cancellationToken);
    }
#endif
}
