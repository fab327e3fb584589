using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WixInbox.Tests.Sockets;

/// <summary>
/// A forward proxy on this machine: it makes a tunnel for CONNECT, passes on a request whose target is a whole address,
/// and may ask for a name and a password (Basic). It writes down the head of each request.
/// </summary>
internal sealed class ForwardProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _heads = new();
    private readonly string? _credential;
    private readonly Task _accepting;

    /// <summary>Starts it.</summary>
    /// <param name="user">Who may use it; null for anybody.</param>
    /// <param name="password">Their password.</param>
    public ForwardProxy(string? user = null, string? password = null)
    {
        _credential =
            user is null ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Gets the heads of the requests that came, let through or not.</summary>
    public IReadOnlyList<string> Heads => [.. _heads];

    /// <summary>Gets the first line of each of them.</summary>
    public string[] Lines => [.. _heads.Select(head => head.Split("\r\n")[0])];

    public async ValueTask DisposeAsync()
    {
        // Stopped only when nobody accepts any more: a listener that is not listening throws.
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using (connection)
        using (var target = new TcpClient())
        {
            try
            {
                var client = connection.GetStream();
                while (await ReadAsync(client) is var (head, body))
                {
                    _heads.Enqueue(head);
                    var lines = head.Split("\r\n");
                    var (method, address) = (lines[0].Split(' ')[0], lines[0].Split(' ')[1]);
                    if (_credential is not null && !lines.Contains("Proxy-Authorization: " + _credential))
                    {
                        // It keeps the connection, on which the client may try again.
                        await client.WriteAsync(
                            "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"tests\"\r\nContent-Length: 6\r\n\r\nSorry."u8.ToArray(),
                            _stop.Token);
                        continue;
                    }

                    var uri = method == "CONNECT" ? new Uri("https://" + address) : new Uri(address);
                    try
                    {
                        await target.ConnectAsync(uri.Host, uri.Port, _stop.Token);
                    }
                    catch (SocketException)
                    {
                        await client.WriteAsync(
                            "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), _stop.Token);
                        return;
                    }

                    var server = target.GetStream();
                    if (method == "CONNECT")
                    {
                        await client.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), _stop.Token);
                    }
                    else
                    {
                        var passedOn = lines.Skip(1)
                            .Where(line => !line.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase))
                            .Prepend($"{method} {uri.PathAndQuery} HTTP/1.1")
                            .Append("Connection: close");
                        await server.WriteAsync(
                            Encoding.Latin1.GetBytes(string.Join("\r\n", passedOn) + "\r\n\r\n" + body), _stop.Token);
                    }

                    await Task.WhenAny(
                        client.CopyToAsync(server, _stop.Token), server.CopyToAsync(client, _stop.Token));
                    return;
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
            {
                // One of the two has gone, or the test is over.
            }
        }
    }

    // The head, and as much of a body as it announces: a character for each byte.
    private async Task<(string Head, string Body)?> ReadAsync(NetworkStream stream)
    {
        var received = string.Empty;
        var buffer = new byte[8192];
        while (true)
        {
            var end = received.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && received.Length >= end + 4 + LengthIn(received[..end]))
            {
                return (received[..end], received[(end + 4)..]);
            }

            var read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0)
            {
                return null;
            }

            received += Encoding.Latin1.GetString(buffer, 0, read);
        }
    }

    private static int LengthIn(string head) => head.Split("\r\n")
        .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(line => int.Parse(line.Split(':')[1], CultureInfo.InvariantCulture))
        .SingleOrDefault();
}
