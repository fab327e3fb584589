using System.Net.Http.Headers;

namespace WixInbox.Http;

/// <summary>The JSON that a call sends.</summary>
internal sealed class JsonBody : RequestBody
{
    private static readonly MediaTypeHeaderValue s_json = new("application/json");

    private readonly byte[] _utf8;

    public JsonBody(byte[] utf8)
    {
        _utf8 = utf8;
        Headers.ContentType = s_json;
    }

    protected override Task WriteAsync(Stream stream, CancellationToken cancellationToken) =>
        stream.WriteAsync(_utf8, 0, _utf8.Length, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _utf8.Length;
        return true;
    }
}
