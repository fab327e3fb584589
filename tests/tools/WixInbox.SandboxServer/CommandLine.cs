using System.Globalization;
using System.Net;

namespace WixInbox.SandboxServer;

/// <summary>Reads the command line.</summary>
internal static class CommandLine
{
    public const string Help = """
        The Inbox sandbox over HTTP, on this machine alone.

        Usage: dotnet run --project tests/tools/WixInbox.SandboxServer -- [options]

          --urls URL                 where to listen: http, on 127.0.0.1, [::1] or localhost; port 0 takes a free one
                                     (default http://127.0.0.1:5080)
          --requests-per-minute N    the rate limit; 0 is unlimited (default 200)
          --latency MS               milliseconds to wait before each answer (default 0)
          --token VALUE              the one credential that is accepted (default: any)
          --client-id VALUE          the one app that gets access tokens at /oauth2/token (default: any);
                                     with this or one of the next two, a token from there is needed
          --client-secret VALUE      the app's secret (default: any)
          --instance-id VALUE        the one app instance that there are tokens for (default: any)
          --contacts FILE            the site's contacts, in CSV with a header: Email, FirstName, LastName, ContactId,
                                     MemberId, SubscriptionStatus (default: every address outside .invalid has one)
          --strict                   know only the conversations, participants and contacts that were given
          --help                     show this

        The API is at /inbox/v2/messages and /inbox/v2/conversations, /contacts/v4/contacts, /contacts/v5/contacts,
        /site-media/v1/files, /communication-channels-media/v1 and /oauth2/token. For tests there are also, without
        a token and without a rate limit:

          GET  /sandbox/ledger       the stored messages, in order
          GET  /sandbox/requests     how many requests came, by method, path and status
          POST /sandbox/faults       faults for the coming requests, such as
                                     [{"kind":"RateLimited","retryAfter":"2"},{"kind":"ResetAfter","times":3}]
                                     the fields are kind, status, delayMs, retryAfter, code, pathPrefix, method,
                                     times
          POST /sandbox/known        what a strict sandbox knows: {"conversations":[...],"contacts":[...],
                                     "members":[...],"anonymousVisitors":[...]}
          POST /sandbox/contacts     contacts of the site, such as [{"email":"ada@example.com","firstName":"Ada"}]
                                     the fields are email, emails, phones, firstName, lastName, contactId,
                                     memberId, labelKeys, subscriptionStatus, deliverabilityStatus,
                                     lastActivityDate, lastActivityType
          POST /sandbox/reset        empties it, but for the contacts of --contacts
        """;

    /// <summary>The options, or null where the help was asked for.</summary>
    /// <exception cref="FormatException">The command line cannot be used; the message says why.</exception>
    public static ServerOptions? Parse(string[] arguments)
    {
        var options = new ServerOptions();
        for (int i = 0; i < arguments.Length; i++)
        {
            (string name, string? attached) = Split(arguments[i]);
            string Value() => attached ?? (++i < arguments.Length
                ? arguments[i]
                : throw new FormatException($"{name} needs a value."));

            switch (name)
            {
                case "--help" or "-h" or "-?":
                    return null;
                case "--urls":
                    ReadUrl(Value(), options);
                    break;
                case "--requests-per-minute":
                    options.Sandbox.RequestsPerMinute = NotNegative(name, Value());
                    break;
                case "--latency":
                    options.Sandbox.Latency = TimeSpan.FromMilliseconds(NotNegative(name, Value()));
                    break;
                case "--token":
                    options.Sandbox.Token = NotEmpty(name, Value());
                    break;
                case "--client-id":
                    options.Sandbox.ClientId = NotEmpty(name, Value());
                    break;
                case "--client-secret":
                    options.Sandbox.ClientSecret = NotEmpty(name, Value());
                    break;
                case "--instance-id":
                    options.Sandbox.InstanceId = NotEmpty(name, Value());
                    break;
                case "--contacts":
                    options.ContactFile = NotEmpty(name, Value());
                    break;
                case "--strict" when attached is null:
                    options.Sandbox.Strict = true;
                    break;
                case "--strict":
                    throw new FormatException("--strict takes no value.");
                default:
                    throw new FormatException($"There is no option {arguments[i]}. --help lists them.");
            }
        }

        return options;
    }

    private static (string Name, string? Value) Split(string argument)
    {
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }

    private static string NotEmpty(string name, string text) =>
        text.Length > 0 ? text : throw new FormatException($"{name} needs a value that is not empty.");

    private static int NotNegative(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new FormatException($"{name} is a whole number, 0 or more, not \"{text}\".");

    private static void ReadUrl(string text, ServerOptions options)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme != Uri.UriSchemeHttp)
        {
            throw new FormatException($"--urls is one http address such as http://127.0.0.1:5080, not \"{text}\".");
        }

        if (url.PathAndQuery != "/" || url.UserInfo.Length > 0)
        {
            throw new FormatException($"--urls takes a host and a port and nothing else, not \"{text}\".");
        }

        // Anyone who reaches the sandbox can read what was sent, so it stays on this machine.
        options.Address = url.IdnHost switch
        {
            "localhost" => IPAddress.Loopback,
            string host when IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address) =>
                address,
            _ => throw new FormatException(
                $"The sandbox listens on this machine alone: 127.0.0.1, [::1] or localhost, not \"{url.Host}\"."),
        };
        options.Port = url.Port;
    }
}
