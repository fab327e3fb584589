using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using WixInbox.Sandbox;
using WixInbox.SandboxServer;

namespace WixInbox.Crash.Tests.Wire;

/// <summary>The sandbox behind HTTP/1.1, or HTTP/2 over TLS. It tells when it is done with a connection.</summary>
internal sealed class WireServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, Connection> _connections = new();
    private readonly WebApplication _application;
    private readonly HttpMessageInvoker _invoker;

    private WireServer(bool isHttp2, TimeProvider time)
    {
        Sandbox = new SandboxHandler(new SandboxOptions { RequestsPerMinute = 0, TimeProvider = time });
        _invoker = new HttpMessageInvoker(Sandbox);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            // Outside of TLS.
            listen.Use(next => async connection =>
            {
                try
                {
                    await next(connection);
                }
                finally
                {
                    ConnectionOf(((IPEndPoint)connection.RemoteEndPoint!).Port).Close();
                }
            });
            if (isHttp2)
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.UseHttps(NewCertificate());
            }
        }));
        _application = builder.Build();
        var bridge = new HttpBridge(_invoker, _application.Lifetime.ApplicationStopping);
        _application.Run(async context =>
        {
            // Kestrel may begin with a request of HTTP/2 when its connection has ended.
            var connection = ConnectionOf(context.Connection.RemotePort);
            if (!connection.Begin())
            {
                context.Abort();
                return;
            }

            try
            {
                // The server has one clock, which dates its messages and its answers.
                context.Response.Headers.Date = time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
                await bridge.HandleAsync(context);
            }
            finally
            {
                connection.End();
            }
        });
    }

    public SandboxHandler Sandbox { get; }

    public int Port => new Uri(_application.Urls.Single()).Port;

    public static async Task<WireServer> StartAsync(
        bool isHttp2, TimeProvider time, CancellationToken cancellationToken)
    {
        var server = new WireServer(isHttp2, time);
        await server._application.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>Waits until the server is done with a connection, and with all that came over it.</summary>
    /// <param name="port">The port at its other end.</param>
    public Task EndAsync(int port) => ConnectionOf(port).Ended.WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Waits the same way, for the last time: another connection may have the port from then on.</summary>
    public async Task ForgetAsync(int port)
    {
        await EndAsync(port);
        _connections.TryRemove(port, out _);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _invoker.Dispose();
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private Connection ConnectionOf(int port) => _connections.GetOrAdd(port, _ => new Connection());

    /// <summary>A connection, and how many of its requests are at work: it counts as one of them.</summary>
    private sealed class Connection
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock _gate = new();
        private int _atWork = 1;
        private bool _isClosed;

        public Task Ended => _ended.Task;

        /// <returns>Whether the request may be begun with: not once the connection is closed.</returns>
        public bool Begin()
        {
            lock (_gate)
            {
                _atWork += _isClosed ? 0 : 1;
                return !_isClosed;
            }
        }

        public void End()
        {
            lock (_gate)
            {
                if (--_atWork == 0)
                {
                    _ended.TrySetResult();
                }
            }
        }

        public void Close()
        {
            lock (_gate)
            {
                _isClosed = true;
            }

            End();
        }
    }
}
