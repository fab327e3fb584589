using System.Net;
using System.Net.Http.Headers;

namespace WixInbox.Http;

/// <summary>
/// A request's body. It sees whether its first byte was asked for, which is what tells a request that cannot have been done from one that may have.
/// </summary>
internal sealed class JsonBody : HttpContent
{
    private readonly byte[] _utf8;
    private volatile bool _started;

    public JsonBody(byte[] utf8)
    {
        _utf8 = utf8;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>Gets a value indicating whether the body has begun to leave.</summary>
    public bool Started => _started;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        _started = true;
        return stream.WriteAsync(_utf8, 0, _utf8.Length);
    }

#if !NETFRAMEWORK
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _started = true;
        return stream.WriteAsync(_utf8, cancellationToken).AsTask();
    }
#endif

    protected override bool TryComputeLength(out long length)
    {
        length = _utf8.Length;
        return true;
    }
}
