using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using WixInbox.Sandbox;
using WixInbox.SandboxServer;

namespace WixInbox.Crash.Tests.Terminal;

/// <summary>
/// Ctrl+C as it is pressed at a terminal: the prompt comes back, and the same line sends what is left. The
/// environment's WIXINBOX_CTRL_C is how often it is pressed (18), at moments that WIXINBOX_CRASH_SEED decides.
/// </summary>
/// <remarks>
/// While progress is on the screen, the console host of PowerShell 7 asks the terminal where its cursor is, and Ctrl+C
/// discards an answer that is on its way: so it may wait for ever, whatever writes the progress, as the control shows.
/// What it waits for can be typed. The module asks again.
/// </remarks>
public sealed class TerminalTests : IAsyncLifetime
{
    private const string Messages = "/inbox/v2/messages";
    private const int Rows = 30;

    private static readonly string[] s_waits =
        ["pace", "look", "retry", "hang", "endless", "sign-in", "look-up", "upload", "output"];

    // A busy machine is waited for.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_stuck = TimeSpan.FromSeconds(20);

    private readonly ITestOutputHelper _output;
    private readonly string _folder = Directory.CreateTempSubdirectory("wixinbox-terminal-").FullName;
    private readonly SandboxHandler _sandbox = new(new SandboxOptions { RequestsPerMinute = 0 });
    private readonly WebApplication _site;
    private bool _isEndless;

    public TerminalTests(ITestOutputHelper output)
    {
        _output = output;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _site = builder.Build();
        var bridge = new HttpBridge(new HttpMessageInvoker(_sandbox), _site.Lifetime.ApplicationStopping);
        _site.Run(context => _isEndless ? WriteBlanksAsync(context) : bridge.HandleAsync(context));
    }

    private static int Presses => CrashTests.Number("WIXINBOX_CTRL_C", 0);

    // A PowerShell as a user has it, without its line editor, which asks the terminal by itself.
    private string[] Shell =>
    [
        "dotnet", "pwsh", "-NoLogo", "-NoProfile", "-NoExit",
        "-File", Path.Combine(AppContext.BaseDirectory, "prompt.ps1"),
        Path.Combine(SendingProgram.Repository, "out", "WixInbox", "WixInbox.psd1"), _folder, _site.Urls.Single(),
    ];

    public async ValueTask InitializeAsync()
    {
        await _site.StartAsync(TestContext.Current.CancellationToken);
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _sandbox.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Control_C_brings_the_prompt_back_and_the_same_line_sends_what_is_left()
    {
        await SkipWithoutAsync("tmux", "-V");
        Assert.Equal(0, await PressAsync(Presses > 0 ? Presses : 2 * s_waits.Length, s_waits));
    }

    [Fact]
    public async Task The_control_is_lost_by_the_shell_and_found_by_what_it_waits_for()
    {
        Assert.SkipUnless(Presses > 0, "It is pressed as often as WIXINBOX_CTRL_C says.");
        await SkipWithoutAsync("tmux", "-V");
        await PressAsync(Presses, ["control"]);
    }

    [Fact]
    public async Task An_answer_about_the_cursor_that_Control_C_discards_is_asked_for_again()
    {
        await SkipWithoutAsync("script", "--version");
        _sandbox.AddFaults([FaultOf(FaultKind.Timeout, "POST", Messages), FaultOf(FaultKind.Timeout, "GET", Messages)]);
        using var terminal = new AskedTerminal(SendingProgram.Repository, Shell);
        await WaitAsync(terminal, "<1>");
        string[] lines = ["run hang 1", "Get-WixInboxMessage 5f0c7f3e-6f0e-4d3c-0001-000000000001"];
        for (var press = 1; press <= lines.Length; press++)
        {
            // What the prompt itself asks while it reads a line is answered.
            terminal.Type(lines[press - 1] + "\r");
            await WaitAsync(terminal, "\n");
            await terminal.Mute().WaitAsync(s_patience, TestContext.Current.CancellationToken);
            terminal.Type("\u0003");
            await WaitAsync(terminal, $"<{press + 1}>");
        }
    }

    private static async Task WaitAsync(AskedTerminal terminal, string words) => Assert.True(
        await terminal.WaitAsync(words, s_patience) is not null,
        $"'{words}' did not come, but '{terminal.Read()}'.");

    // Returns how often the shell did not come back until it was given what it waited for.
    private async Task<int> PressAsync(int presses, string[] waits)
    {
        var random = new Random(CrashTests.Number("WIXINBOX_CRASH_SEED", 1));
        var slowest = TimeSpan.Zero;
        var lost = 0;
        TmuxTerminal? terminal = null;
        var prompt = 0;
        try
        {
            for (var press = 1; press <= presses; press++)
            {
                if (terminal is null)
                {
                    terminal = await TmuxTerminal.StartAsync(SendingProgram.Repository, Shell);
                    prompt = 1;
                    await WaitForPromptAsync(terminal, prompt);
                }

                var wait = waits[(press - 1) % waits.Length];
                var hasJournal = (press - 1) / waits.Length % 2 == 0 && wait != "control";
                var line = $"run {wait} {press}" + (hasJournal ? " -Journal" : string.Empty);
                _isEndless = wait == "endless";
                _sandbox.AddFaults(FaultsOf(wait));
                await terminal.TypeAsync(line);

                // The moment is what is tried: nothing waits for it.
                await Task.Delay(random.Next(300, 2_200), TestContext.Current.CancellationToken);
                Assert.DoesNotContain($"<{prompt + 1}>", await terminal.ReadAsync(), StringComparison.Ordinal);
                await terminal.PressAsync("C-c");
                prompt++;
                var took = await terminal.WaitAsync($"<{prompt}>", s_stuck);
                var isLost = took is null;
                if (took is { } time)
                {
                    slowest = time > slowest ? time : slowest;
                }
                else
                {
                    lost++;
                    _output.WriteLine($"Press {press} ({wait}) lost the prompt: {await terminal.ReadAsync()}");

                    // With Shift+F3, a terminal sends what would be an answer.
                    await terminal.PressAsync("S-F3");
                    await WaitForPromptAsync(terminal, prompt);
                }

                _isEndless = false;
                _sandbox.ClearFaults();
                if (hasJournal)
                {
                    Assert.False(File.Exists(Path.Combine(_folder, $"{press}.jsonl.lock")), $"{line}: it is locked.");
                    await terminal.TypeAsync($"{line} -Calm");
                    await WaitForPromptAsync(terminal, ++prompt);
                    var sent = _sandbox.Ledger.Select(entry => entry.Text!)
                        .Where(text => text.StartsWith($"Press {press},", StringComparison.Ordinal));
                    var rows = Enumerable.Range(1, Rows).Select(row => $"Press {press}, row {row}.");
                    Assert.True(
                        sent.Order().SequenceEqual(rows.Order()),
                        $"{line}: {string.Join(" | ", sent)} {await terminal.ReadAsync()}");
                }

                if (isLost)
                {
                    await terminal.DisposeAsync();
                    terminal = null;
                }
            }
        }
        finally
        {
            if (terminal is not null)
            {
                await terminal.DisposeAsync();
            }
        }

        _output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{presses} presses: the prompt was lost {lost} times, and else back within {slowest.TotalSeconds:N2} s."));
        return lost;
    }

    private static async Task WaitForPromptAsync(TmuxTerminal terminal, int prompt) => Assert.True(
        await terminal.WaitAsync($"<{prompt}>", s_patience) is not null,
        $"There is no prompt {prompt}: {await terminal.ReadAsync()}");

    private static Fault[] FaultsOf(string wait) => wait switch
    {
        "look" => [FaultOf(FaultKind.ServerErrorAfter, "POST", Messages), FaultOf(FaultKind.Timeout, "GET", Messages)],
        "retry" => [FaultOf(FaultKind.ServerErrorBefore, "POST", Messages, status: 503, retryAfter: "2")],
        "hang" => [FaultOf(FaultKind.TimeoutAfter, "POST", Messages)],
        "look-up" => [FaultOf(FaultKind.Timeout, null, "/contacts/")],
        "upload" => [FaultOf(FaultKind.Timeout, null, "/sandbox-upload/")],
        "output" => [FaultOf(FaultKind.Latency, "POST", Messages, delay: TimeSpan.FromSeconds(1))],
        _ => [],
    };

    private static Fault FaultOf(
        FaultKind kind,
        string? method,
        string path,
        int? status = null,
        string? retryAfter = null,
        TimeSpan? delay = null) => new()
        {
            Kind = kind,
            Method = method,
            PathPrefix = path,
            Status = status,
            RetryAfter = retryAfter,
            Delay = delay,
            Times = int.MaxValue,
        };

    private static async Task SkipWithoutAsync(params string[] terminal)
    {
        Assert.SkipWhen(await TmuxTerminal.RunAsync(".", terminal) is null, $"There is no {terminal[0]}.");
        Assert.SkipWhen(
            await TmuxTerminal.RunAsync(SendingProgram.Repository, "dotnet", "tool", "restore") is null,
            "PowerShell cannot be had as a tool of .NET.");
    }

    // A site that answers each request with blanks, and never comes to the end of them.
    private static async Task WriteBlanksAsync(HttpContext context)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            while (await ticks.WaitForNextTickAsync(context.RequestAborted))
            {
                await context.Response.Body.WriteAsync(" "u8.ToArray(), context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody reads them any more.
        }
    }
}
