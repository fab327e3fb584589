using System.Net;
using WixInbox.Sandbox;

namespace WixInbox.SandboxServer;

/// <summary>Where the server listens, and how its sandbox behaves.</summary>
public sealed class ServerOptions
{
    /// <summary>The loopback address to listen on.</summary>
    public IPAddress Address { get; set; } = IPAddress.Loopback;

    /// <summary>The port; 0 lets the system choose a free one.</summary>
    public int Port { get; set; } = 5080;

    /// <summary>A CSV file of the contacts that the site has; null for none, so that every address has one.</summary>
    public string? ContactFile { get; set; }

    /// <summary>The options of the sandbox behind the server.</summary>
    public SandboxOptions Sandbox { get; } = new();
}
