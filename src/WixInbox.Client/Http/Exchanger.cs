using System.Buffers;
#if !NETFRAMEWORK
using System.Globalization;
using System.Net;
#endif
using System.Security;
#if !NETFRAMEWORK
using System.Text.RegularExpressions;
#endif

namespace WixInbox.Http;

/// <summary>Makes one attempt at a request: signs it, sends it, reads the answer, within a time.</summary>
internal sealed class Exchanger : IDisposable
{
    // An answer of this API is a few kilobytes. A page of a hundred messages as long as they may be, in letters that take three bytes, is near five mebibytes.
    internal const int LargestBody = 32 * 1024 * 1024;

    private static readonly string s_userAgent = "WixInbox/" + typeof(Exchanger).Assembly.GetName().Version!.ToString(3);

#if !NETFRAMEWORK
    private static readonly Regex s_quotedStatus = new("(?<=')[0-9]{3}(?=')");
#endif

    private readonly HttpMessageInvoker _invoker;
    private readonly Uri _baseAddress;
    private readonly Authentication _authentication;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    public Exchanger(WixInboxClientOptions options)
    {
        _invoker = options.Handler is null
            ? new HttpMessageInvoker(HttpStack.Create(options.Proxy, options.UseProxy), disposeHandler: true)
            : new HttpMessageInvoker(options.Handler, disposeHandler: false);
        _baseAddress = options.BaseAddress;
        _authentication = options.Authentication;
        _timeout = options.Timeout;
        _time = options.TimeProvider;
    }

    public void Dispose() => _invoker.Dispose();

    /// <summary>Makes the attempt: a POST if there is a body, else a GET. Only the caller's own cancellation leaves as an exception.</summary>
    public async Task<Exchange> ExchangeAsync(string path, byte[]? utf8, SecureString? secret, CancellationToken cancellationToken)
    {
        using var body = utf8 is null ? null : new JsonBody(utf8);
        return await ExchangeAsync(
            () =>
            {
                var request = CreateRequest(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(_baseAddress, path), body);
                if (secret is not null)
                {
                    _authentication.Sign(request, secret);
                }

                return request;
            },
            body,
            _timeout,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the attempt to upload a file: a PUT without the secret, which is for the API's host alone.</summary>
    /// <exception cref="LocalFileException">The file was changed, or cannot be read to its end. That says nothing of the network.</exception>
    public async Task<Exchange> UploadAsync(Upload upload, CancellationToken cancellationToken)
    {
        using var body = new FileBody(upload);
        var exchange = await ExchangeAsync(() => CreateRequest(HttpMethod.Put, upload.Address, body), body, upload.Timeout, cancellationToken).ConfigureAwait(false);
        return upload.Fault is { } fault ? throw fault : exchange;
    }

    private async Task<Exchange> ExchangeAsync(Func<HttpRequestMessage> create, RequestBody? body, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var timer = _time.CancelAfter(timeout);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        HttpResponseMessage? response = null;
        try
        {
            using var request = create();
            response = await _invoker.SendAsync(request, linked.Token).ConfigureAwait(false);
            var (content, exception) = await ReadBodyAsync(response, linked.Token).ConfigureAwait(false);
            if (content is null)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            return new Exchange
            {
                Status = (int)response.StatusCode,
                Body = content,
                RequestId = HeaderOf(response, "x-wix-request-id"),
                RetryAfter = RetryAfterHeader.Read(response, _time),
                Date = response.Headers.Date,
                Location = LocationOf(response, request.RequestUri!),
                Exception = exception,
            };
        }
        catch (Exception exception)
        {
            // A handler may have its own way to fail when it is cancelled.
            cancellationToken.ThrowIfCancellationRequested();

#if !NETFRAMEWORK
            if (exception is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } refused)
            {
                return RefusedByProxy(refused);
            }
#endif

            // Whatever a handler throws, what matters is whether the body had begun to leave.
            return new Exchange { Exception = exception, TimedOut = exception is OperationCanceledException, BodyStarted = body?.Started ?? false };
        }
        finally
        {
            response?.Dispose();
        }
    }

#if !NETFRAMEWORK
    // A proxy that is asked for a tunnel answers the handler and not us. What that says goes no further: it has the proxy's address with the name and the
    // password that the environment's variable may have in it. Before .NET 9 the status is in the text alone.
    private static Exchange RefusedByProxy(HttpRequestException refused)
    {
        var status = (int?)refused.StatusCode ?? (s_quotedStatus.Match(refused.Message) is { Success: true } match ? int.Parse(match.Value, CultureInfo.InvariantCulture) : 0);
        return status == Exchange.ProxySignIn
            ? new Exchange { Status = status, Body = [] }
            : new Exchange { Exception = new HttpRequestException(HttpRequestError.ProxyTunnelError, FormattableString.Invariant($"The proxy makes no way to the server: it answered {status}.")) };
    }
#endif

    private static string? HeaderOf(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    // A location may be relative to the address that was asked for.
    private static string? LocationOf(HttpResponseMessage response, Uri requested) =>
        response.Headers.Location is { } location && Uri.TryCreate(requested, location, out var target)
            ? target.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
            : null;

    private static async Task<(byte[]? Body, Exception? Exception)> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content is null)
        {
            return ([], null);
        }

        try
        {
#if NETFRAMEWORK
            using var stream = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
#else
            using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
#endif
            using var body = new MemoryStream();
            var buffer = ArrayPool<byte>.Shared.Rent(8192);
            int read;
            while ((read = await stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (body.Length + read > LargestBody)
                {
                    return (null, new InvalidDataException("The answer is larger than 32 mebibytes."));
                }

                body.Write(buffer, 0, read);
            }

            // Whoever has it next does not find the answer in it. What was broken off may still be written to, and is left to nobody.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            return (body.ToArray(), null);
        }
        catch (Exception exception)
        {
            // The status has come: what it says holds, read or not.
            return (null, exception);
        }
    }

    private static HttpRequestMessage CreateRequest(HttpMethod method, Uri address, RequestBody? body)
    {
#if NETFRAMEWORK
        var request = new HttpRequestMessage(method, address) { Content = body };
#else
        // Where a connection breaks before its answer, .NET makes a request without a body up to three times more, by itself and so past the pace.
        var request = new HttpRequestMessage(method, address) { Content = body ?? (HttpContent)new ByteArrayContent([]) };
#endif
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", s_userAgent);

        // .NET Framework would ask the server for leave before each body.
        request.Headers.ExpectContinue = false;
#if !NETFRAMEWORK
        if (address.Scheme == Uri.UriSchemeHttps)
        {
            request.Version = HttpVersion.Version20;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        }
#endif
        return request;
    }
}
