using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>
/// A Chromium without a window, spoken to in its own debugging protocol: so a page is seen as a browser makes it, at
/// any width and in either colour scheme.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly TemporaryFolder _profile = new();
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _end = new(TimeSpan.FromMinutes(10));
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _waiting = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Process? _process;
    private Task? _reading;
    private int _ids;

    /// <summary>Gets a value indicating whether there is one on this machine.</summary>
    public static bool IsHere => Find() is not null;

    /// <summary>
    /// Gets what the browser has told, for those whom it concerns: the session, the event, and what it says.
    /// </summary>
    internal ConcurrentQueue<(string Session, string Event, JsonNode Values)> Events { get; } = new();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } program)
        {
            return;
        }

        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--hide-scrollbars", "--remote-debugging-port=0", "--user-data-dir=" + _profile.Path, "about:blank",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // It says there where it listens, and what comes after is of no interest.
        const string Listens = "DevTools listening on ";
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith(Listens, StringComparison.Ordinal) == true)
            {
                address.TrySetResult(new Uri(line.Data[Listens.Length..]));
            }
            else if (line.Data is null)
            {
                address.TrySetException(new InvalidOperationException("Chromium has ended."));
            }
        };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await _socket.ConnectAsync(await address.Task.WaitAsync(_end.Token), _end.Token);
        _reading = ReadAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        await _end.CancelAsync();
        if (_reading is not null)
        {
            await _reading;
        }

        _socket.Dispose();
        _turn.Dispose();
        _end.Dispose();
        _profile.Dispose();
    }

    /// <summary>Opens a page in a new tab and waits until it is there.</summary>
    internal async Task<Tab> OpenAsync(string path, int width, bool dark = false)
    {
        var target = await AskAsync("Target.createTarget", new { url = "about:blank" });
        var attached = await AskAsync(
            "Target.attachToTarget", new { targetId = (string)target["targetId"]!, flatten = true });
        var tab = new Tab(this, (string)attached["sessionId"]!);
        await tab.AskAsync("Page.enable", new { });
        await tab.AskAsync("Network.enable", new { });
        await tab.AskAsync(
            "Emulation.setDeviceMetricsOverride",
            new { width, height = 800, deviceScaleFactor = 1, mobile = width < 600 });
        await tab.AskAsync(
            "Emulation.setEmulatedMedia",
            new { features = new[] { new { name = "prefers-color-scheme", value = dark ? "dark" : "light" } } });
        await tab.AskAsync("Page.navigate", new { url = new Uri(path).AbsoluteUri });
        while (await tab.EvaluateAsync("document.URL !== 'about:blank' && document.readyState") is not JsonValue value
            || value.ToString() != "complete")
        {
            await Task.Yield();
        }

        return tab;
    }

    internal async Task<JsonNode> AskAsync(string method, object parameters, string? session = null)
    {
        var id = Interlocked.Increment(ref _ids);
        var answer = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        var request = new JsonObject
        {
            ["id"] = id,
            ["method"] = method,
            ["params"] = JsonSerializer.SerializeToNode(parameters),
        };
        if (session is not null)
        {
            request["sessionId"] = session;
        }

        await _turn.WaitAsync(_end.Token);
        try
        {
            await _socket.SendAsync(
                JsonSerializer.SerializeToUtf8Bytes(request),
                WebSocketMessageType.Text,
                endOfMessage: true,
                _end.Token);
        }
        finally
        {
            _turn.Release();
        }

        return await answer.Task.WaitAsync(_end.Token);
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(
            folder => s_names.Select(name => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)))
        .FirstOrDefault(File.Exists);

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer, _end.Token);
                message.Write(buffer, 0, part.Count);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                if (part.EndOfMessage)
                {
                    Take(JsonNode.Parse(message.ToArray())!);
                    message.SetLength(0);
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // It was ended.
        }
        finally
        {
            foreach (var waiting in _waiting.Values)
            {
                waiting.TrySetException(new InvalidOperationException("Chromium has ended."));
            }
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"] is { } id && _waiting.TryRemove((int)id, out var waiting))
        {
            if (message["error"] is { } error)
            {
                waiting.TrySetException(new InvalidOperationException(error.ToJsonString()));
            }
            else
            {
                waiting.TrySetResult(message["result"]!);
            }
        }
        else if (message["method"] is { } method)
        {
            Events.Enqueue(((string?)message["sessionId"] ?? string.Empty, (string)method!, message["params"]!));
        }
    }
}

/// <summary>A page in a browser.</summary>
internal sealed class Tab(Chromium browser, string session)
{
    /// <summary>Gets the addresses that the page asked for, its own among them.</summary>
    public string[] Requested =>
    [
        .. browser.Events.Where(told => told.Session == session && told.Event == "Network.requestWillBeSent")
            .Select(told => (string)told.Values["request"]!["url"]!),
    ];

    public Task<JsonNode> AskAsync(string method, object parameters) => browser.AskAsync(method, parameters, session);

    /// <summary>
    /// Asks for what a script gives. The page's own policy, by which it has none, does not hold for the debugger's.
    /// </summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var answer = await AskAsync("Runtime.evaluate", new { expression, returnByValue = true, awaitPromise = true });
        return answer["exceptionDetails"] is { } thrown
            ? throw new InvalidOperationException(thrown.ToJsonString())
            : answer["result"]!["value"];
    }

    public async Task<T> EvaluateAsync<T>(string expression) => (await EvaluateAsync(expression)).Deserialize<T>()!;

    /// <summary>
    /// Leaves a picture of the page, down to 6,000 pixels, in the folder that WIXINBOX_PICTURES names, if it names one.
    /// </summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("WIXINBOX_PICTURES") is { Length: > 0 } folder)
        {
            var size = await EvaluateAsync<int[]>(
                "[innerWidth, Math.min(document.documentElement.scrollHeight, 6000)]");
            var answer = await AskAsync("Page.captureScreenshot", new
            {
                format = "png",
                captureBeyondViewport = true,
                clip = new { x = 0, y = 0, width = size[0], height = size[1], scale = 1 },
            });
            await File.WriteAllBytesAsync(
                Path.Combine(folder, name + ".png"), Convert.FromBase64String((string)answer["data"]!));
        }
    }

    /// <summary>Prints the page.</summary>
    public async Task<byte[]> PrintAsync() =>
        Convert.FromBase64String((string)(await AskAsync("Page.printToPDF", new { }))["data"]!);
}
