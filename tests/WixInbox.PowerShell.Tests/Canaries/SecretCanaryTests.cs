using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using WixInbox.Tests.Sockets;

namespace WixInbox.PowerShell.Tests.Canaries;

/// <summary>
/// A secret gets nowhere, whatever the server does with it: 5 ways to sign in, 7 ways to repeat a secret and 33 scripts
/// with every cmdlet among them, which are 1,155 combinations. The ordinary suite has 231 of them, in which each way,
/// repetition and script occurs.
/// </summary>
public sealed class SecretCanaryTests : IAsyncDisposable
{
    private const string Secret = "IST.eyJraWQiOiJjNG40cnkifQ.c4n4ry-0f+th3/t3sts-7d1e.c2lnbmF0dXJl";
    private const string Issued = "OauthNG.JWS.iss4ed-c4n4ry/0f+th3-t3sts-9a2b";

    private static readonly Canary s_canary = new(Secret, Issued);

    private static readonly string[] s_signIns = ["ApiKey", "AccessToken", "AppSecret", "IssuedToken", "ProxyPassword"];

    private static readonly Dictionary<string, Func<string, string>> s_echoes = new()
    {
        ["Plain"] = secret => secret,
        ["InOtherLetters"] = secret => secret.ToUpperInvariant(),
        ["EscapedAsJson"] = secret => secret,
        ["EscapedAsAddress"] = Uri.EscapeDataString,
        ["Base64"] = secret => Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)),
        ["Base64OfHeader"] = secret =>
            Convert.ToBase64String(Encoding.UTF8.GetBytes("Authorization: " + secret + "\r\n")),
        ["Halves"] = secret => $"{secret[..(secret.Length / 2)]} and {secret[(secret.Length / 2)..]}",
    };

    // What asks the server, and is answered in each of these ways.
    private static readonly int[] s_answers = [200, 302, 400, 401, 403, 404, 500];

    private static readonly string[] s_calls =
    [
        "$row | Send-WixInboxMessage -Connection $connection -Journal $journal -KeyProperty Order -ResultPath $results",
        "$row | Send-WixInboxMessage -Connection $connection -OnAmbiguous Skip -FilePath $file",
        "[pscustomobject]@{ Email = 'ada@example.com' } | Send-WixInboxMessage x -Connection $connection",
        "Get-WixInboxMessage $c -Connection $connection",
        "Get-WixInboxConversation $c -Connection $connection",
        "Get-WixInboxContact -Connection $connection",
        "Resolve-WixInboxConversation -ContactId $c -Connection $connection",
        "Import-WixInboxMedia -Url https://e.example/x -Connection $connection",
        "Test-WixInboxConnection -Connection $connection",
    ];

    // What asks nobody.
    private static readonly string[] s_others =
    [
        "$connection",
        "$connection.psobject.Properties | ForEach-Object { \"$($_.Name)=$($_.Value)\" }",
        "Get-WixInboxConnection",
        "$row | Test-WixInboxMessage",
        "$row | Test-WixInboxMessage -Summary",
        "$row | Send-WixInboxMessage -Connection $connection -WhatIf",
        "$row | Show-WixInboxMessage -Path $page",
        "Get-WixInboxJournal $journal",
        "Get-WixInboxJournal $journal -Summary",
        "Export-WixInboxReport $journal $report",
        "Import-WixInboxCsv $results",
        "Connect-WixInbox -AccessToken $broken",
        "Connect-WixInbox -ApiKey $secret",
        "Select-WixInboxConnection $connection",
        "Disconnect-WixInbox $connection",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly Engine _engine = new(host: new RecordingHost());
    private readonly TcpListener _site = new(IPAddress.Loopback, 0);
    private ForwardProxy? _proxy;
    private int _status;
    private string _echo = "Plain";
    private string _signIn = string.Empty;

    /// <summary>
    /// Gets a way to sign in for each way to repeat a secret; with WIXINBOX_CANARIES set, all of them.
    /// </summary>
    public static TheoryData<string, string> Cases =>
    [
        .. s_echoes.Keys.SelectMany((echo, at) =>
            (Environment.GetEnvironmentVariable("WIXINBOX_CANARIES") is null
                ? [s_signIns[at % s_signIns.Length]]
                : s_signIns).Select(signIn => (signIn, echo))),
    ];

    public async ValueTask DisposeAsync()
    {
        _engine.Dispose();
        _folder.Dispose();
        _site.Dispose();
        await (_proxy?.DisposeAsync() ?? default);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_nowhere(string signIn, string echo)
    {
        (_signIn, _echo) = (signIn, echo);
        Connect();
        _engine.Run("Start-Transcript -LiteralPath $transcript");
        var objects = new List<object>();
        var said = 0;
        for (var index = 0; index < s_calls.Length; index++)
        {
            // Two answers for each call, and in all cases together each.
            foreach (var next in (int[])[0, 3])
            {
                _status = s_answers[(index + next + s_echoes.Keys.ToList().IndexOf(echo)) % s_answers.Length];
                said += Run(s_calls[index], objects);
            }
        }

        foreach (var script in s_others)
        {
            Run(script, objects);
        }

        _engine.Run("$null = Stop-Transcript");
        AssertNowhere("all", [.. Sinks.OfObjects(_engine, objects), Sinks.OfErrors(_engine),
            .. Sinks.OfFiles(_folder.Path), .. Sinks.OfProcesses()]);
        Assert.Equal(
            ["note.txt", "page.html", "report.html", "results.csv", "run.jsonl", "transcript.txt"],
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        // It was there to be found.
        Assert.InRange(said, 5, int.MaxValue);
    }

    // Gives back in how many errors something was taken out.
    private int Run(string script, List<object> objects)
    {
        var result = _engine.Run($"& {{ {script} }} | Tee-Object -Variable shown; $shown | Out-Host");
        AssertNowhere($"{script} ({_status})", Sinks.OfStreams(result));
        objects.AddRange(result.Output);
        objects.AddRange(result.Errors.DistinctBy(error => error.ToString()));
        return result.Errors.Count(error => error.ToString().Contains("[secret]", StringComparison.Ordinal));
    }

    private void Connect()
    {
        var handler = new StubHandler(Answer);
        var clock = new SkippingClock();
        switch (_signIn)
        {
            case "ApiKey":
                ClockedConnection.UseKey(_engine, handler, clock, Secret, Engine.Guid1);
                break;
            case "ProxyPassword":
                _site.Start();
                _ = ServeAsync();
                _proxy = new ForwardProxy("ada", Secret);
                ClockedConnection.UseProxy(
                    _engine,
                    clock,
                    new Uri($"http://{_site.LocalEndpoint}/"),
                    new WebProxy(_proxy.Address) { Credentials = new NetworkCredential("ada", Secret) });
                break;
            case "AccessToken":
                ClockedConnection.Use(_engine, handler, clock, token: Secret, name: "own");
                break;
            default:
                ClockedConnection.UseApp(_engine, handler, clock, Engine.Guid1, Secret, Engine.Guid2);
                break;
        }

        foreach (var (name, file) in new[] { ("journal", "run.jsonl"), ("results", "results.csv"),
            ("page", "page.html"), ("report", "report.html"), ("file", "note.txt"), ("transcript", "transcript.txt") })
        {
            _engine.Set(name, _folder.File(file));
        }

        File.WriteAllText(_folder.File("note.txt"), "some text");
        _engine.Set("c", Engine.Guid1);
        _engine.Set("secret", Secrets.Secure(Secret));
        _engine.Set("broken", Secrets.Secure(Secret + "\n" + Secret));
        _engine.Run("$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'");
        _engine.Run("$row = [pscustomobject]@{ Order = 1; ConversationId = $c; Text = 'x' }");
    }

    private Task<HttpResponseMessage> Answer(RecordedRequest request, CancellationToken cancellationToken)
    {
        if (request.Path == "/oauth2/token" && _signIn == "IssuedToken")
        {
            return Task.FromResult(StubHandler.Json(200, $$"""{"access_token":"{{Issued}}","expires_in":14400}"""));
        }

        return Task.FromResult(Echo());
    }

    private HttpResponseMessage Echo()
    {
        var echo = s_echoes[_echo](_signIn == "IssuedToken" ? Issued : Secret);
        var inJson = _echo == "EscapedAsJson"
            ? string.Concat(echo.Select(letter => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}")))
            : echo;
        var body = """
            {"message":"No ECHO.","error":"ECHO","error_description":"ECHO","details":{
              "applicationError":{"code":"ECHO","description":"No ECHO."},
              "validationError":{"fieldViolations":[{"field":"ECHO","ruleName":"ECHO","description":"ECHO"}]}}}
            """.Replace("ECHO", inJson, StringComparison.Ordinal);
        var response = StubHandler.Json(_status, _status == 200 ? echo : body);
        response.ReasonPhrase = echo;
        response.Headers.Remove("x-wix-request-id");
        response.Headers.TryAddWithoutValidation("x-wix-request-id", echo);
        response.Headers.TryAddWithoutValidation("WWW-Authenticate", echo);
        response.Headers.TryAddWithoutValidation("Location", $"https://e.example/{echo}");
        return response;
    }

    // Behind the proxy, which passes a request on in one piece.
    private async Task ServeAsync()
    {
        while (true)
        {
            using var connection = await _site.AcceptTcpClientAsync();
            var stream = connection.GetStream();
            using var answer = Echo();
            var body = await answer.Content.ReadAsStringAsync();
            var head = $"HTTP/1.1 {_status} {answer.ReasonPhrase}\r\n{answer.Headers}Connection: close\r\n";
            if (await stream.ReadAsync(new byte[65_536]) > 0)
            {
                await stream.WriteAsync(
                    Encoding.Latin1.GetBytes($"{head}Content-Length: {body.Length}\r\n\r\n{body}"));
            }
        }
    }

    private static void AssertNowhere(string what, IEnumerable<(string Name, string Text)> sinks)
    {
        foreach (var (name, text) in sinks)
        {
            var found = s_canary.FoundIn(text);
            Assert.True(found is null, $"{what}: {name} has it: {found}");
        }
    }
}
