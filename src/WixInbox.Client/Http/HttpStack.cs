namespace WixInbox.Http;

/// <summary>The connection pool of a client.</summary>
internal static class HttpStack
{
    public static HttpMessageHandler Create(WixInboxClientOptions options)
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
        handler.UseProxy = options.UseProxy;
        if (options.UseProxy && options.Proxy is not null)
        {
            handler.Proxy = options.Proxy;
        }

        return handler;
    }
}
