using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace WixInbox.SandboxServer;

/// <summary>
/// Hands a request from a socket to the sandbox, and the sandbox's answer, or lack of one, back to the socket.
/// </summary>
internal sealed class HttpBridge(HttpMessageInvoker sandbox, CancellationToken stopping)
{
    public async Task HandleAsync(HttpContext context)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            using HttpRequestMessage request = ToMessage(context);
            using HttpResponseMessage response = await sandbox.SendAsync(request, gone.Token);
            await WriteAsync(response, context, gone.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            // The sandbox reset the connection, or the client has gone, or the server is stopping: no answer goes out.
            context.Abort();
        }
    }

    private static HttpRequestMessage ToMessage(HttpContext context)
    {
        // The target as it came: ASP.NET's own path is already unescaped.
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method),
            new Uri(target.StartsWith('/') ? $"http://{context.Request.Host}{target}" : target))
        {
            Content = new StreamContent(context.Request.Body),
        };
        foreach ((string name, StringValues values) in context.Request.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                _ = request.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        return request;
    }

    private static async Task WriteAsync(
        HttpResponseMessage response,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        foreach ((string name, IEnumerable<string> values) in response.Headers.Concat(response.Content.Headers))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        context.Response.ContentLength = response.Content.Headers.ContentLength;
        using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[8192];
        while (true)
        {
            int read;
            try
            {
                read = await body.ReadAsync(buffer, cancellationToken);
            }
            catch (IOException)
            {
                // A truncated body. Returning with less written than Content-Length promises makes Kestrel send what
                // there is and close the connection; aborting here could drop bytes that are still on their way.
                return;
            }

            if (read == 0)
            {
                return;
            }

            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }
}
