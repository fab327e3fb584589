using System.Buffers;
#if !NETFRAMEWORK
using System.Globalization;
#endif
using System.Net;
#if NETFRAMEWORK
using System.Net.Sockets;
#endif
using System.Security;
#if !NETFRAMEWORK
using System.Text.RegularExpressions;
#endif
using WixInbox.Clocks;

namespace WixInbox.Http;

/// <summary>
/// Makes one attempt at a request: signs it, sends it, reads the answer, within a time. What the server says of an
/// error leaves here without any secret that the request carried.
/// </summary>
internal sealed class HttpTransport : IDisposable
{
    // An answer of this API is a few kilobytes. A page of a hundred messages as long as they may be, in letters that
    // take three bytes, is near five mebibytes.
    internal const int LargestBody = 32 * 1024 * 1024;

    private static readonly string s_userAgent = "WixInbox/"
        + typeof(HttpTransport).Assembly.GetName().Version!.ToString(3);

#if !NETFRAMEWORK
    private static readonly Regex s_quotedStatus = new("(?<=')[0-9]{3}(?=')");
#endif

    // Wix's own SDK sends back what the last answer had in this header, so that a read sees what was written just
    // before. It is not documented for REST.
    private const string Consistent = "X-Wix-Consistent";

    // Cancelled but never disposed: attempts under way still hold its token, and without a timer there is nothing to
    // free.
    private readonly CancellationTokenSource _closed = new();
    private volatile string? _consistent;
    private readonly HttpMessageInvoker _invoker;
    private readonly IWebProxy? _proxy;
    private readonly Uri _baseAddress;
    private readonly Authentication _authentication;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    public HttpTransport(WixInboxClientOptions options)
    {
        _invoker = options.Handler is null
            ? new HttpMessageInvoker(HttpStack.Create(options.Proxy, options.UseProxy), disposeHandler: true)
            : new HttpMessageInvoker(options.Handler, disposeHandler: false);
        _proxy = options.Handler is null && options.UseProxy ? options.Proxy ?? HttpStack.SystemProxy : null;
        _baseAddress = options.BaseAddress;
        _authentication = options.Authentication;
        _timeout = options.Timeout;
        _time = options.TimeProvider;
    }

    /// <summary>
    /// Closes the connections and ends the attempts that are under way, also those over a handler of the caller's.
    /// </summary>
    public void Dispose()
    {
        _closed.Cancel();
        _invoker.Dispose();
    }

    /// <summary>
    /// Makes the attempt: a POST if there is a body, else a GET. Only the caller's own cancellation leaves as an
    /// exception.
    /// </summary>
    public async Task<Attempt> SendAsync(
        string path, byte[]? utf8, SecureString? secret, CancellationToken cancellationToken)
    {
        using var body = utf8 is null ? null : new JsonBody(utf8);
        return await SendAsync(
            () =>
            {
                var request = CreateRequest(
                    body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(_baseAddress, path), body);
                if (secret is not null)
                {
                    _authentication.Sign(request, secret);
                }

                if (_consistent is { } consistent)
                {
                    request.Headers.TryAddWithoutValidation(Consistent, consistent);
                }

                return request;
            },
            () => [.. _authentication.RevealSent(secret), .. ProxyPassword()],
            body,
            _timeout,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Makes the attempt to upload a file: a PUT without the secret, which is for the API's host alone.
    /// </summary>
    /// <exception cref="LocalFileException">
    /// The file was changed, or cannot be read to its end. That says nothing of the network.
    /// </exception>
    public async Task<Attempt> UploadAsync(Upload upload, CancellationToken cancellationToken)
    {
        using var body = new FileBody(upload);
        var attempt = await SendAsync(
            () => CreateRequest(HttpMethod.Put, upload.Target, body),
            () => [upload.Address.PathAndQuery, .. ProxyPassword()],
            body,
            upload.Timeout,
            cancellationToken).ConfigureAwait(false);
        return upload.Fault is { } fault ? throw fault : attempt;
    }

    private async Task<Attempt> SendAsync(
        Func<HttpRequestMessage> create,
        Func<string[]> reveal,
        RequestBody? body,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var timer = _time.CreateTimeout(timeout);
        using var ending = cancellationToken.Register(timer.Cancel);
        using var closing = _closed.Token.Register(timer.Cancel);
        HttpResponseMessage? response = null;
        var redactor = new Redactor(reveal);
        try
        {
            using var request = create();
            var left = _time.GetUtcNow();
            response = await _invoker.SendAsync(request, timer.Token).ConfigureAwait(false);
            var came = _time.GetUtcNow();
            _consistent = request.RequestUri!.Host == _baseAddress.Host
                ? HeaderOf(response, Consistent) ?? _consistent
                : _consistent;
            var (content, exception) = await ReadBodyAsync(response, timer.Token).ConfigureAwait(false);
            if (content is null)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            return new Attempt
            {
                Status = (int)response.StatusCode,
                Body = content,
                Error = response.IsSuccessStatusCode ? ErrorBody.None : ErrorBody.Read(content, redactor),
                RequestId = HeaderOf(response, "x-wix-request-id") is { } id ? redactor.Clean(id) : null,
                RetryAfter = RetryAfterHeader.Read(response, _time),
                Date = response.Headers.Date,
                Left = left,
                Came = came,
                Location = LocationOf(response, request.RequestUri!) is { } location ? redactor.Clean(location) : null,
                Exception = redactor.Clean(exception),
            };
        }
        catch (Exception exception)
        {
            // Handlers fail in different ways when the caller has cancelled. The caller sees one.
            cancellationToken.ThrowIfCancellationRequested();

#if !NETFRAMEWORK
            if (exception is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } refused)
            {
                return RefusedByProxy(refused);
            }
#endif

            if (IsUnreachable(exception) && ProxyOf() is { } proxy)
            {
                var cause = exception.GetBaseException();
                exception = new HttpRequestException($"The proxy {proxy} cannot be reached: {cause.Message}", cause);
            }

            // Whatever a handler throws, what matters is whether the body had begun to leave.
            return new Attempt
            {
                Exception = redactor.Clean(exception),
                TimedOut = exception is OperationCanceledException && !_closed.IsCancellationRequested,
                BodyStarted = body?.Started ?? false,
            };
        }
        finally
        {
            response?.Dispose();
        }
    }

    // Where there is a proxy, it is the only one that a connection is made to. Its address is told without the name and
    // password that it may have in it.
    private string? ProxyOf()
    {
        var address = _proxy is null || _proxy.IsBypassed(_baseAddress) ? null : _proxy.GetProxy(_baseAddress);
        return address is null || address == _baseAddress
            ? null
            : address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
    }

    // The proxy knows it, and what the proxy answers may come as an answer of the server.
    private string[] ProxyPassword() =>
        _proxy?.GetProxy(_baseAddress) is { } address
            && _proxy.Credentials?.GetCredential(address, "Basic") is { Password.Length: > 0 } credential
            ? [credential.Password]
            : [];

    private static bool IsUnreachable(Exception exception)
    {
#if NETFRAMEWORK
        // .NET Framework tells by the status, and Mono by the socket's error alone.
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException
                {
                    SocketErrorCode: SocketError.ConnectionRefused
                        or SocketError.HostNotFound
                        or SocketError.HostUnreachable
                        or SocketError.NetworkUnreachable
                        or SocketError.TryAgain,
                }
                or WebException
                {
                    Status: WebExceptionStatus.ConnectFailure
                        or WebExceptionStatus.NameResolutionFailure
                        or WebExceptionStatus.ProxyNameResolutionFailure,
                })
            {
                return true;
            }
        }

        return false;
#else
        return exception is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError,
        };
#endif
    }

#if !NETFRAMEWORK
    // Where a proxy refuses a tunnel, the handler throws. Its exception is not passed on: it quotes the proxy's
    // address, which may have a name and a password in it if it comes from a variable of the environment. Before .NET 9
    // the status is in the exception's text alone.
    private static Attempt RefusedByProxy(HttpRequestException refused)
    {
        var status = (int?)refused.StatusCode
            ?? (s_quotedStatus.Match(refused.Message) is { Success: true } match
                ? int.Parse(match.Value, CultureInfo.InvariantCulture)
                : 0);
        return status == Attempt.ProxySignIn
            ? new Attempt { Status = status, Body = [] }
            : new Attempt
            {
                Exception = new HttpRequestException(
                    HttpRequestError.ProxyTunnelError,
                    FormattableString.Invariant($"The proxy did not connect to the server: it answered {status}.")),
            };
    }
#endif

    private static string? HeaderOf(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    // A location may be relative to the address that was asked for.
    private static string? LocationOf(HttpResponseMessage response, Uri requested) =>
        response.Headers.Location is { } location && Uri.TryCreate(requested, location, out var target)
            ? target.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
            : null;

    private static async Task<(byte[]? Body, Exception? Exception)> ReadBodyAsync(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content is null)
        {
            return ([], null);
        }

        try
        {
            using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            using var body = new MemoryStream();
            var buffer = ArrayPool<byte>.Shared.Rent(8192);
            int read;
            while ((read = await stream.ReadAsync(
                buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (body.Length + read > LargestBody)
                {
                    return (null, new InvalidDataException("The answer is larger than 32 mebibytes."));
                }

                body.Write(buffer, 0, read);
            }

            // The next user of the buffer does not find the answer in it. After a failure, the buffer is not given
            // back: the stream may still write to it.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            return (body.ToArray(), null);
        }
        catch (Exception exception)
        {
            // The status has arrived, and counts whether or not the body can be read.
            return (null, exception);
        }
    }

    private static HttpRequestMessage CreateRequest(HttpMethod method, Uri address, RequestBody? body)
    {
#if NETFRAMEWORK
        var request = new HttpRequestMessage(method, address) { Content = body };
#else
        // With a body, if an empty one: a request without any is made again by .NET itself, up to three times and
        // unseen by the pace, if its connection breaks.
        var request =
            new HttpRequestMessage(method, address) { Content = body ?? (HttpContent)new ByteArrayContent([]) };
#endif
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", s_userAgent);

        // By default, .NET Framework asks the server for leave (100 Continue) before it sends a body.
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
