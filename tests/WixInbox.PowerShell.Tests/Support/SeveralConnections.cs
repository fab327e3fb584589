using System.Globalization;
using System.Management.Automation;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>
/// For tests of several connections: an engine with those named shop and cafe and one without a name, and with the
/// functions <c>Row</c>, for a row that names a connection or a site, and <c>Plain</c>, for one that names none.
/// </summary>
public abstract class SeveralConnections : IDisposable
{
    private protected readonly TemporaryFolder _folder = new();
    private protected readonly RecordingHost _host = new();
    private protected readonly Engine _engine;
    private protected readonly StubHandler _shop;
    private protected readonly StubHandler _cafe = new();
    private protected readonly StubHandler _own = new();
    private protected int? _shopAnswers;
    private protected Task _shopMayAnswer = Task.CompletedTask;

    private protected SeveralConnections()
    {
        _shop = new StubHandler(async (request, _) =>
        {
            await _shopMayAnswer;
            return _shopAnswers is { } status ? StubHandler.Error(status) : StubHandler.Stored(request);
        });
        _engine = new Engine(host: _host);
        _engine.Set("token", Secrets.Secure("t"));
        _engine.Set("journal", _folder.File("run.jsonl"));
        _engine.Set("shop", _shop);
        _engine.Set("cafe", _cafe);
        _engine.Set("own", _own);
        var result = _engine.Run($$"""
            function Row($n, $connection, $site) {
                [pscustomobject]@{ Connection = $connection; 'Site Id' = $site; ConversationId = '5f0c7f3e-6f0e-4d3c-9b7a-{0:d12}' -f $n; Text = "x $n" }
            }
            function Plain($n) { $row = Row $n; 'Connection', 'Site Id' | ForEach-Object { $row.PSObject.Properties.Remove($_) }; $row }
            Connect-WixInbox -ApiKey $token -SiteId {{Engine.Guid1}} -Name shop -MessageHandler $shop
            Connect-WixInbox -ApiKey $token -SiteId {{Engine.Guid2}} -Name cafe -MessageHandler $cafe
            Connect-WixInbox -AccessToken $token -MessageHandler $own
            """);
        Assert.Empty(result.Errors);
    }

    private protected int Requests => _shop.Requests.Count + _cafe.Requests.Count + _own.Requests.Count;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of the engine, the folder and the sites.</summary>
    /// <param name="disposing">Whether it is asked for.</param>
    protected virtual void Dispose(bool disposing)
    {
        _engine.Dispose();
        _folder.Dispose();
        _shop.Dispose();
        _cafe.Dispose();
        _own.Dispose();
    }

    private protected static string[] Texts(StubHandler handler) =>
    [
        .. handler.Requests.Where(request => request.Path == "/inbox/v2/messages")
            .Select(request => request["message.content.basic.items.0.text"]!),
    ];

    private protected static int Property(PSObject item, string name) =>
        Convert.ToInt32(item.Properties[name].Value, CultureInfo.InvariantCulture);
}
