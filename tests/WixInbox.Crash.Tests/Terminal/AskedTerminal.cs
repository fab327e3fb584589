using System.Diagnostics;
using System.Text;

namespace WixInbox.Crash.Tests.Terminal;

/// <summary>
/// A terminal that a test plays: it answers each question about its cursor, or none. <c>script</c> has the
/// pseudo-terminal.
/// </summary>
internal sealed class AskedTerminal : IDisposable
{
    private const string Question = "\e[6n";
    private const string Answer = "\e[1;1R";

    private readonly Process _script;
    private readonly Task _reading;
    private readonly StringBuilder _text = new();
    private TaskCompletionSource? _asked;

    /// <summary>Starts a program in the terminal.</summary>
    /// <param name="folder">Where it is started.</param>
    /// <param name="command">The program and its arguments.</param>
    public AskedTerminal(string folder, params string[] command)
    {
        var line = "stty cols 160 rows 50; exec " + string.Join(' ', command.Select(word => $"'{word}'"));
        _script = Process.Start(new ProcessStartInfo("script", ["-q", "-f", "-c", line, "/dev/null"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Answers no further question.</summary>
    /// <returns>A task that ends with the next question.</returns>
    public Task Mute()
    {
        lock (_text)
        {
            _asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _asked.Task;
        }
    }

    /// <summary>Types characters: Ctrl+C is one. Each question that is asked from then on is answered.</summary>
    public void Type(string characters)
    {
        lock (_text)
        {
            _asked = null;
            _text.Clear();
            Send(characters);
        }
    }

    /// <summary>Waits until words have come since something was typed.</summary>
    /// <returns>How long it took; null if it took longer than it may.</returns>
    public async Task<TimeSpan?> WaitAsync(string words, TimeSpan atMost)
    {
        var start = Stopwatch.GetTimestamp();
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!Read().Contains(words, StringComparison.Ordinal))
        {
            if (Stopwatch.GetElapsedTime(start) > atMost)
            {
                return null;
            }

            await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Gets what has come since something was typed.</summary>
    public string Read()
    {
        lock (_text)
        {
            return _text.ToString();
        }
    }

    /// <summary>Closes the terminal, which ends the program.</summary>
    public void Dispose()
    {
        _script.Kill(entireProcessTree: true);
        _reading.Wait();
        _script.Dispose();
    }

    private void Send(string characters)
    {
        _script.StandardInput.Write(characters);
        _script.StandardInput.Flush();
    }

    private async Task ReadAsync()
    {
        var buffer = new char[1];
        while (await _script.StandardOutput.ReadAsync(buffer) > 0)
        {
            lock (_text)
            {
                _text.Append(buffer);
                if (buffer[0] != 'n' || !_text.ToString().EndsWith(Question, StringComparison.Ordinal))
                {
                    continue;
                }

                if (_asked is null)
                {
                    Send(Answer);
                }
                else
                {
                    _asked.TrySetResult();
                }
            }
        }
    }
}
