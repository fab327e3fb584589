using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WixInbox.Tests.Sockets;

/// <summary>
/// A server on a bare socket: it writes down what comes and answers with bytes, so that nothing stands between the
/// client's own handler and the test.
/// </summary>
internal sealed class SocketServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Func<string, NetworkStream, CancellationToken, Task> _serve;
    private readonly Task _accepting;
    private int _connections;

    /// <summary>Serves each request by a function, and closes the connection after it.</summary>
    public SocketServer(Func<string, NetworkStream, CancellationToken, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public SocketServer(string answer)
        : this((_, stream, cancellationToken) =>
            stream.WriteAsync(Encoding.UTF8.GetBytes(answer), cancellationToken).AsTask())
    {
    }

    public int Port { get; }

    /// <summary>The requests that came whole: head and body as they were on the wire.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public int Connections => _connections;

    /// <summary>A port that nobody listens on, and that no other test gets meanwhile.</summary>
    public static Socket ClosedPort()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    /// <summary>A client with a connection pool of its own and no proxy, whatever the machine's settings.</summary>
    public static WixInboxClient ClientFor(int port) => new(
        new WixInboxClientOptions(Authentication.AccessToken(Secret.Of(Secret.Canary)))
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}/"),
            Proxy = new WebProxy(),

            // Time for three tries, and for no fourth: these clients wait in earnest.
            MaxWait = TimeSpan.FromSeconds(2),
        });

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
                var connection = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                serving.Add(ServeAsync(connection));
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
        {
            try
            {
                var stream = connection.GetStream();
                if (await ReadAsync(stream) is { } request)
                {
                    _requests.Enqueue(request);
                    await _serve(request, stream, _stop.Token);
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // The client has gone, or the test is over.
            }
        }
    }

    private async Task<string?> ReadAsync(NetworkStream stream)
    {
        // A character for each byte, so that lengths agree.
        var received = new StringBuilder();
        var buffer = new byte[8192];
        while (true)
        {
            var text = received.ToString();
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head >= 0 && text.Length >= head + 4 + LengthIn(text[..head]))
            {
                return text;
            }

            var read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0)
            {
                return null;
            }

            received.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
    }

    private static int LengthIn(string head) => head.Split("\r\n")
        .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(line => int.Parse(line.Split(':')[1], CultureInfo.InvariantCulture))
        .SingleOrDefault();
}
