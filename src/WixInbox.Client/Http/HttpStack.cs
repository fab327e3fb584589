using System.Net;
#if NETFRAMEWORK
using System.Security.Authentication;
#endif

namespace WixInbox.Http;

/// <summary>The connection pool of a client.</summary>
internal static class HttpStack
{
    /// <summary>Gets the proxy of the system's settings and the environment's variables.</summary>
    public static IWebProxy? SystemProxy => HttpClient.DefaultProxy;

    public static HttpMessageHandler Create(IWebProxy? proxy, bool useProxy = true)
    {
#if NETFRAMEWORK
        var handler = new HttpClientHandler
        {
            // The default is two. The caller decides how many requests go side by side. The limit is changed for this
            // host alone.
            MaxConnectionsPerServer = int.MaxValue,
        };
        if (OffersOldTlsAlone(ServicePointManager.SecurityProtocol))
        {
            handler.SslProtocols = SslProtocols.Tls12;
        }
#else
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(10),

            // A run may take hours, and the host's address may change meanwhile.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            EnableMultipleHttp2Connections = true,

            // A request that is given up leaves its HTTP/2 connection to the next. One over which nothing comes any
            // more, as after a change of networks, is found out before the request is given up: there is time for
            // another one.
            KeepAlivePingDelay = TimeSpan.FromSeconds(10),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            ActivityHeadersPropagator = null,
        };
#endif
        // A redirect would carry a customer's message to another host.
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.UseProxy = useProxy;
        if (useProxy && proxy is not null)
        {
            handler.Proxy = proxy;
        }

        return handler;
    }

#if NETFRAMEWORK
    /// <summary>
    /// Whether a session would offer nothing newer than TLS 1.1, which Wix refuses. Windows PowerShell's does where
    /// neither it nor the machine says otherwise. The session's choice stays as it is for all others; where it has a
    /// newer version, or leaves it to Windows, it holds here too.
    /// </summary>
    internal static bool OffersOldTlsAlone(SecurityProtocolType session)
    {
        const SecurityProtocolType Tls13 = (SecurityProtocolType)12288; // .NET Framework 4.8 has a name for it.
        return session != SecurityProtocolType.SystemDefault && (session & (SecurityProtocolType.Tls12 | Tls13)) == 0;
    }
#endif
}
