using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace WixInbox.Sandbox;

/// <summary>A response before it becomes an <see cref="HttpResponseMessage"/>.</summary>
internal sealed class Answer(int status, string body, string mediaType = "application/json")
{
    private readonly List<KeyValuePair<string, string>> _headers = [];

    public int Status { get; } = status;

    public Answer With(string name, string value)
    {
        _headers.Add(new KeyValuePair<string, string>(name, value));
        return this;
    }

    public Answer WithRetryAfter(string? value) => value is null ? this : With("Retry-After", value);

    public HttpResponseMessage ToResponse(HttpRequestMessage request, bool truncated)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        HttpContent content;
        if (truncated)
        {
            content = new StreamContent(new TruncatedStream(bytes, bytes.Length / 2));
            content.Headers.ContentLength = bytes.Length;
        }
        else
        {
            content = new ByteArrayContent(bytes);
        }

        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType) { CharSet = "utf-8" };
        var response = new HttpResponseMessage((HttpStatusCode)Status) { Content = content, RequestMessage = request };
        foreach (KeyValuePair<string, string> header in _headers)
        {
            // A fault may ask for a header value that is nonsense; it goes out as it is.
            if (!response.Headers.TryAddWithoutValidation(header.Key, header.Value))
            {
                content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        return response;
    }
}
