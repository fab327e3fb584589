using System.Management.Automation.Host;
using System.Net;
using System.Reflection;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>Makes a connection whose waits are over at once, which Connect-WixInbox has no parameter for.</summary>
internal static class ClockedConnection
{
    /// <summary>Makes the connection, and the one that Send-WixInboxMessage takes in an engine.</summary>
    /// <param name="engine">The engine, with the module imported.</param>
    /// <param name="handler">What answers.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="sandbox">Whether it counts as a sandbox.</param>
    /// <param name="token">What it signs with.</param>
    /// <param name="timeout">
    /// How long a request may take; by default as long as it likes, if the clock is one that skips.
    /// </param>
    /// <param name="name">Its name, without which a connection with a token alone has no journal.</param>
    public static void Use(
        Engine engine,
        HttpMessageHandler handler,
        TimeProvider clock,
        bool sandbox = false,
        string token = "token-of-the-tests",
        TimeSpan? timeout = null,
        string? name = null) =>
        Use(
            engine,
            handler,
            clock,
            sandbox,
            timeout,
            library => library.GetMethod("AccessToken")!.Invoke(null, [Secrets.Secure(token), null])!,
            name: name);

    /// <summary>
    /// An engine whose default connection is to a handler, and whose waits are over at once: for what is tried again
    /// and again.
    /// </summary>
    public static Engine Default(HttpMessageHandler handler, PSHost? host = null, SkippingClock? clock = null)
    {
        var engine = new Engine(host: host);
        Use(engine, handler, clock ?? new SkippingClock());
        var result = engine.Run(
            "$PSDefaultParameterValues.Clear(); Select-WixInboxConnection -Connection $connection 6> $null");
        Assert.Null(result.Thrown);
        return engine;
    }

    /// <summary>The same for an app that signs in.</summary>
    public static void UseApp(
        Engine engine,
        HttpMessageHandler handler,
        TimeProvider clock,
        string clientId,
        string clientSecret,
        string instanceId) =>
        Use(engine, handler, clock, false, null, library => library.GetMethod("AppCredentials")!
            .Invoke(null, [clientId, Secrets.Secure(clientSecret), instanceId, null])!);

    /// <summary>The same for an API key.</summary>
    public static void UseKey(
        Engine engine, HttpMessageHandler handler, TimeProvider clock, string key, string siteId) =>
        Use(engine, handler, clock, false, null, library => library.GetMethod("ApiKey")!
            .Invoke(null, [Secrets.Secure(key), siteId, null])!);

    /// <summary>The same for a site that is reached through a proxy, over sockets.</summary>
    public static void UseProxy(Engine engine, TimeProvider clock, Uri site, WebProxy proxy) =>
        Use(
            engine,
            null,
            clock,
            sandbox: false,
            timeout: null,
            library => library.GetMethod("AccessToken")!.Invoke(null, [Secrets.Secure("token-of-the-tests"), null])!,
            site,
            proxy,
            name: "own");

    private static void Use(
        Engine engine,
        HttpMessageHandler? handler,
        TimeProvider clock,
        bool sandbox,
        TimeSpan? timeout,
        Func<Type, object> signIn,
        Uri? site = null,
        WebProxy? proxy = null,
        string? name = null)
    {
        var type = (Type)engine.Run("[WixInbox.WixInboxConnection]").Output[0].BaseObject;
        var client = type.Assembly.GetReferencedAssemblies().Single(name => name.Name == "WixInbox.Client");
        var library = AppDomain.CurrentDomain.GetAssemblies().First(assembly => assembly.FullName == client.FullName);
        var authentication = signIn(library.GetType("WixInbox.Authentication", throwOnError: true)!);
        var options = Activator.CreateInstance(
            library.GetType("WixInbox.WixInboxClientOptions", throwOnError: true)!, authentication)!;
        if (handler is null)
        {
            Set("BaseAddress", site!);
            Set("Proxy", proxy!);
        }
        else
        {
            Set("Handler", handler);
        }

        Set("TimeProvider", clock);
        Set("RequestsPerMinute", 0);
        Set("Timeout", timeout ?? SkippingClock.AttemptTime);
        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic).Single();
        var connection = constructor.Invoke([options, sandbox ? new MemoryStream() : null]);
        type.GetProperty("Name")!.SetValue(connection, name);
        engine.Set("connection", connection);
        var result = engine.Run("$PSDefaultParameterValues['Send-WixInboxMessage:Connection'] = $connection");
        Assert.Null(result.Thrown);

        void Set(string property, object value) => options.GetType().GetProperty(property)!.SetValue(options, value);
    }
}
