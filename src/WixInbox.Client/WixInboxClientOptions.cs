using System.Net;

namespace WixInbox;

/// <summary>How a <see cref="WixInboxClient"/> connects, and how long it waits.</summary>
public sealed class WixInboxClientOptions
{
    /// <summary>The seconds of <see cref="Timeout"/>, unless it is set.</summary>
    public const int DefaultTimeoutSeconds = 30;

    /// <summary>The number of <see cref="RequestsPerMinute"/>, unless it is set: Wix's limit for an app.</summary>
    public const int DefaultRequestsPerMinute = 200;

    /// <summary>The seconds of <see cref="MaxWait"/>, unless it is set.</summary>
    public const int DefaultMaxWaitSeconds = 900;

    // Timers count up to 49 days. A wait of more than a day is a mistake.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    private readonly Uri _baseAddress = DefaultBaseAddress;
    private readonly TimeSpan _timeout = TimeSpan.FromSeconds(DefaultTimeoutSeconds);
    private readonly TimeSpan _maxWait = TimeSpan.FromSeconds(DefaultMaxWaitSeconds);
    private readonly int _requestsPerMinute = DefaultRequestsPerMinute;

    /// <summary>Initializes a new instance of the <see cref="WixInboxClientOptions"/> class.</summary>
    /// <param name="authentication">What the requests are signed with.</param>
    public WixInboxClientOptions(Authentication authentication)
    {
        Authentication = authentication ?? throw new ArgumentNullException(nameof(authentication));
    }

    /// <summary>Gets the address of Wix's API.</summary>
    public static Uri DefaultBaseAddress { get; } = new("https://www.wixapis.com/");

    /// <summary>Gets what the requests are signed with.</summary>
    public Authentication Authentication { get; }

    /// <summary>
    /// Gets the address that the paths of the API are under. Secrets go to this host alone: https, or http to this
    /// machine itself.
    /// </summary>
    /// <exception cref="ArgumentException">The address is not of that form.</exception>
    public Uri BaseAddress
    {
        get => _baseAddress;
        init => _baseAddress = Checked(value);
    }

    /// <summary>
    /// Gets the time of one attempt, from its start until its answer has been read. Default: 30 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than nothing and at most a day.</exception>
    public TimeSpan Timeout
    {
        get => _timeout;
        init => _timeout = value > TimeSpan.Zero && value <= s_longest
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "More than nothing, and a day at most.");
    }

    /// <summary>
    /// Gets the most requests in any 60 seconds, over all that the client does. Default: 200, which Wix documents for
    /// an app instance. 0 is any number.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int RequestsPerMinute
    {
        get => _requestsPerMinute;
        init => _requestsPerMinute =
            value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Not negative.");
    }

    /// <summary>
    /// Gets how long a request may wait in all, because Wix answers that it has to (429, or 503 with
    /// <c>Retry-After</c>) or because it failed, before it is given up. Default: 15 minutes.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or more than a day.</exception>
    public TimeSpan MaxWait
    {
        get => _maxWait;
        init => _maxWait = value >= TimeSpan.Zero && value <= s_longest
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Not negative, and a day at most.");
    }

    /// <summary>Gets the proxy. Without one, the system's settings and the environment's variables hold.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>
    /// Gets a value indicating whether a proxy is used where there is one. If not, whatever the system's settings say
    /// is not looked at. Default: true.
    /// </summary>
    public bool UseProxy { get; init; } = true;

    /// <summary>
    /// Gets a handler to send with, in place of a connection pool of the client's own. It is not disposed of with the
    /// client.
    /// </summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>Gets by which API files are uploaded and imported. Default: the Media Manager's own.</summary>
    public MediaStore MediaStore { get; init; }

    /// <summary>Gets the clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Gets the random numbers from 0 to 1 that spread waits. It is called from any thread.</summary>
    internal Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    private static Uri Checked(Uri address)
    {
        if (address is null)
        {
            throw new ArgumentNullException(nameof(address));
        }

        // This comes first, since the other message repeats the address, which must not have a password in it.
        if (address.IsAbsoluteUri
            && (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0))
        {
            throw new ArgumentException("The API's address has no user name, query or fragment.");
        }

        if (!address.IsAbsoluteUri
            || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            // Without a scheme, .NET takes user:password@host for an address of its own kind, with no user name in it.
            var shown = address.OriginalString.IndexOfAny(['@', '?', '#']) < 0 ? $"'{address}'" : "What was given";
            throw new ArgumentException(
                $"{shown} cannot be the API's address: it has to start with https://, or with http:// for this machine "
                    + "itself (127.0.0.1, localhost), and has no user name, query or fragment.");
        }

        // Without the slash at its end, the last part of a path would be dropped when the API's paths are put behind
        // it.
        return address.AbsolutePath.EndsWith("/", StringComparison.Ordinal)
            ? address
            : new Uri(address.AbsoluteUri + "/");
    }
}
