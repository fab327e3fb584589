using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WixInbox.Sandbox;

namespace WixInbox.SandboxServer;

/// <summary>A <see cref="SandboxHandler"/> over real sockets, on the loopback interface.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly HttpMessageInvoker _invoker;
    private readonly StrongBox<int> _connections;

    private LoopbackServer(
        WebApplication application, HttpMessageInvoker invoker, SandboxHandler handler, StrongBox<int> connections)
    {
        _application = application;
        _invoker = invoker;
        _connections = connections;
        Handler = handler;
    }

    /// <summary>The sandbox behind the server: its ledger, counts and faults are these.</summary>
    public SandboxHandler Handler { get; }

    /// <summary>
    /// How many connections are open. Once a client has ended and none is, nothing that it has sent is still to be
    /// answered.
    /// </summary>
    public int Connections => Volatile.Read(ref _connections.Value);

    /// <summary>The address that clients use, with the port that was really taken.</summary>
    public Uri Address
    {
        get
        {
            IServer server = _application.Services.GetRequiredService<IServer>();
            return new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        }
    }

    /// <summary>Starts a server.</summary>
    /// <param name="options">Where it listens, and how its sandbox behaves.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The running server; disposing of it stops it.</returns>
    /// <exception cref="FormatException">The file of contacts cannot be used.</exception>
    public static async Task<LoopbackServer> StartAsync(
        ServerOptions options,
        CancellationToken cancellationToken = default)
    {
        var handler = new SandboxHandler(options.Sandbox);
        List<SandboxContact> contacts = [];
        if (options.ContactFile is string path)
        {
            try
            {
                contacts = ContactFile.Read(await File.ReadAllTextAsync(path, cancellationToken));
                handler.AddContacts(contacts);
            }
            catch (Exception exception) when (exception is FormatException or ArgumentException)
            {
                throw new FormatException($"{path}: {exception.Message}", exception);
            }
        }

        // The empty builder reads no environment variables and no files: the options alone decide what is listened on.
        var connections = new StrongBox<int>();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Address, options.Port, listen => listen.Use(next => async connection =>
            {
                Interlocked.Increment(ref connections.Value);
                try
                {
                    await next(connection);
                }
                finally
                {
                    Interlocked.Decrement(ref connections.Value);
                }
            }));
        });

        // A request that a fault keeps waiting must not keep the server from stopping.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        WebApplication application = builder.Build();
        var invoker = new HttpMessageInvoker(handler);
        var bridge = new HttpBridge(invoker, application.Lifetime.ApplicationStopping);
        var control = new ControlEndpoints(handler, contacts);
        application.Run(context =>
            context.Request.Path.StartsWithSegments("/sandbox")
                ? control.HandleAsync(context)
                : bridge.HandleAsync(context));
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch
        {
            await application.DisposeAsync();
            invoker.Dispose();
            throw;
        }

        return new LoopbackServer(application, invoker, handler, connections);
    }

    /// <summary>Waits until the process is told to stop (Ctrl+C, SIGTERM).</summary>
    /// <param name="cancellationToken">Stops the server too.</param>
    /// <returns>A task that ends when the server has stopped.</returns>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) =>
        _application.WaitForShutdownAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        _invoker.Dispose();
    }
}
