using System.ComponentModel;
using System.Diagnostics;

namespace WixInbox.Crash.Tests.Terminal;

/// <summary>A terminal of tmux, which a program runs in.</summary>
internal sealed class TmuxTerminal : IAsyncDisposable
{
    private readonly string[] _tmux = ["tmux", "-L", $"wixinbox-{Guid.NewGuid():N}", "-f", "/dev/null"];

    private TmuxTerminal()
    {
    }

    /// <summary>Starts a program in a terminal of its own.</summary>
    /// <param name="folder">Where it is started.</param>
    /// <param name="command">The program and its arguments.</param>
    public static async Task<TmuxTerminal> StartAsync(string folder, params string[] command)
    {
        var terminal = new TmuxTerminal();
        await terminal.TellAsync(["new-session", "-d", "-x", "160", "-y", "50", "-c", folder, "--", .. command]);
        return terminal;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="folder">Where it is started.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <returns>What it wrote; null if there is no such program, or it failed.</returns>
    public static async Task<string?> RunAsync(string folder, params string[] command)
    {
        try
        {
            using var program = Process.Start(new ProcessStartInfo(command[0], command[1..])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = program.StandardError.ReadToEndAsync();
            var text = await program.StandardOutput.ReadToEndAsync();
            await errors;
            await program.WaitForExitAsync();
            return program.ExitCode == 0 ? text : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Reads what is on the screen.</summary>
    public Task<string> ReadAsync() => TellAsync("capture-pane", "-p");

    /// <summary>Types a line.</summary>
    public async Task TypeAsync(string line)
    {
        await TellAsync("send-keys", "-l", line);
        await PressAsync("Enter");
    }

    /// <summary>Presses keys, by the names that tmux has for them.</summary>
    public Task PressAsync(params string[] keys) => TellAsync(["send-keys", .. keys]);

    /// <summary>Waits until words are on the screen.</summary>
    /// <returns>How long it took; null if it took longer than it may.</returns>
    public async Task<TimeSpan?> WaitAsync(string words, TimeSpan atMost)
    {
        var start = Stopwatch.GetTimestamp();
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!(await ReadAsync()).Contains(words, StringComparison.Ordinal))
        {
            if (Stopwatch.GetElapsedTime(start) > atMost)
            {
                return null;
            }

            await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Closes the terminal, which ends the program.</summary>
    public async ValueTask DisposeAsync() => await RunAsync(".", [.. _tmux, "kill-server"]);

    private async Task<string> TellAsync(params string[] command)
    {
        var text = await RunAsync(".", [.. _tmux, .. command]);
        Assert.True(text is not null, $"tmux refuses: {string.Join(' ', command)}");
        return text;
    }
}
