using System.Text;

namespace WixInbox.Tests;

/// <summary>A request as it got to the handler, whole: the client disposes of its own when the call is over.</summary>
internal sealed class RecordedRequest
{
    public required HttpMethod Method { get; init; }

    public required Uri Address { get; init; }

    public required Version Version { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required byte[] Utf8 { get; init; }

    public string Body => Encoding.UTF8.GetString(Utf8);

    public string Path => Address.AbsolutePath;

    public string? Authorization => Headers.GetValueOrDefault("Authorization");

    public static async Task<RecordedRequest> ReadAsync(
        HttpRequestMessage request, CancellationToken cancellationToken) => new()
    {
        Method = request.Method,
        Address = request.RequestUri!,
        Version = request.Version,

        // Without validation: the parsed view of a header is not what goes over the wire.
        Headers = request.Headers.NonValidated
            .Concat(request.Content?.Headers.NonValidated ?? [])
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        Utf8 = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken),
    };
}
