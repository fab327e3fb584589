using System.Net;

namespace WixInbox.Http;

/// <summary>The connection pool of a client.</summary>
internal static class HttpStack
{
    public static HttpMessageHandler Create(IWebProxy? proxy)
    {
#if NETFRAMEWORK
        var handler = new HttpClientHandler();
#else
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(10),

            // A run takes an hour: the address may move meanwhile.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            EnableMultipleHttp2Connections = true,
            ActivityHeadersPropagator = null,
        };
#endif
        // A redirect would carry a customer's message to another host.
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        if (proxy is not null)
        {
            handler.Proxy = proxy;
            handler.UseProxy = true;
        }

        return handler;
    }
}
