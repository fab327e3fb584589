using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace WixInbox.Crash.Tests.Wire;

/// <summary>
/// Passes on bytes between clients and a server, whatever they mean. Its first connection breaks after so many bytes of
/// one direction; all further ones are whole.
/// </summary>
internal sealed class BreakingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentBag<int> _ports = [];
    private readonly int _server;
    private readonly Break _how;
    private readonly bool _ofRequest;
    private readonly int _after;
    private readonly Task _accepting;
    private readonly int[] _passed = new int[2];
    private volatile bool _isStill;
    private int _firstPort;
    private Socket[] _first = [];

    /// <summary>Starts it.</summary>
    /// <param name="server">The server's port on this machine.</param>
    /// <param name="how">What happens to the first connection.</param>
    /// <param name="ofRequest">Whether the bytes to the server are counted; else those to the client.</param>
    /// <param name="after">After how many of them.</param>
    public BreakingProxy(int server, Break how = Break.None, bool ofRequest = true, int after = int.MaxValue)
    {
        (_server, _how, _ofRequest, _after) = (server, how, ofRequest, after);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Gets what ends when the first connection has come to a standstill.</summary>
    public Task Stalled => _stalled.Task;

    /// <summary>Gets the ports that the server knows the connections by.</summary>
    public IReadOnlyCollection<int> Ports => _ports;

    /// <summary>Gets that of the connection that is broken; 0 if none is.</summary>
    public int BrokenPort { get; private set; }

    /// <summary>Gets how many bytes of the first connection have passed to the server, and to the client.</summary>
    public (int ToServer, int ToClient) Passed => (_passed[1], _passed[0]);

    /// <summary>Lets nothing more of the first connection through, which stands.</summary>
    public void Stall() => _isStill = true;

    /// <summary>
    /// Closes the connection that has come to a standstill, as the system does in the end, and no other.
    /// </summary>
    public void GiveUp()
    {
        if (_stalled.Task.IsCompleted)
        {
            BrokenPort = _firstPort;
            foreach (var socket in _first)
            {
                Close(socket, SocketShutdown.Both);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        while (_sockets.TryTake(out var socket))
        {
            Close(socket, SocketShutdown.Both);
            socket.Dispose();
        }

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
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                serving.Add(ServeAsync(client, isFirst: serving.Count == 0));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket client, bool isFirst)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        (client.NoDelay, server.NoDelay) = (true, true);
        _sockets.Add(client);
        _sockets.Add(server);
        await server.ConnectAsync(IPAddress.Loopback, _server);
        var port = ((IPEndPoint)server.LocalEndPoint!).Port;
        _ports.Add(port);
        if (isFirst)
        {
            (_firstPort, _first) = (port, [client, server]);
        }

        await Task.WhenAll(PumpAsync(client, server, isFirst, true), PumpAsync(server, client, isFirst, false));
    }

    private async Task PumpAsync(Socket from, Socket to, bool isFirst, bool toServer)
    {
        var most = isFirst && toServer == _ofRequest && _how != Break.None ? _after : int.MaxValue;
        var buffer = new byte[isFirst && _how == Break.None ? 1 : 16_384];
        var passed = 0;
        var isBroken = false;
        try
        {
            while (true)
            {
                if (passed == most && !isBroken)
                {
                    isBroken = true;
                    BrokenPort = _how == Break.Stall ? 0 : _firstPort;
                    BreakOff(from, to);
                }

                var read = await from.ReceiveAsync(buffer);
                if (read == 0)
                {
                    Close(to, SocketShutdown.Send);
                    return;
                }

                // What comes after the break is taken from whoever sends it, and goes nowhere.
                var count = isFirst && _isStill ? 0 : Math.Min(read, most - passed);
                if (count > 0)
                {
                    await to.SendAsync(buffer.AsMemory(0, count));
                    passed += count;
                    _passed[toServer ? 1 : 0] += isFirst ? count : 0;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One of the two ends has gone: so does the other.
            Close(to, SocketShutdown.Both);
        }
    }

    private void BreakOff(Socket from, Socket to)
    {
        switch (_how)
        {
            case Break.Cut:
                Close(to, SocketShutdown.Send);
                Close(from, SocketShutdown.Send);
                break;
            case Break.HalfClose:
                Close(to, SocketShutdown.Send);
                break;
            case Break.Stall:
                _stalled.TrySetResult();
                break;
            default:
                (from.LingerState, to.LingerState) = (new LingerOption(true, 0), new LingerOption(true, 0));
                to.Dispose();
                from.Dispose();
                break;
        }
    }

    private static void Close(Socket socket, SocketShutdown how)
    {
        try
        {
            socket.Shutdown(how);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }
    }
}
