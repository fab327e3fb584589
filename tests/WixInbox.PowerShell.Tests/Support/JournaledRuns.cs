using System.Management.Automation;
using System.Text.RegularExpressions;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>
/// For tests of runs with a journal: a site, a folder, and an engine that is connected to it, with <c>$journal</c> and
/// a function <c>Rows</c> that gives rows by their numbers and tells <c>$source</c> of each; <c>After</c> lets so many
/// leave before the others. Waits are over at once.
/// </summary>
public abstract class JournaledRuns : IDisposable
{
    private const string Functions = """
        function Rows([int[]] $number) {
            foreach ($n in $number) {
                $source.Read()
                [pscustomobject]@{
                    Order = "A-$n"
                    ConversationId = '5f0c7f3e-6f0e-4d3c-9b7a-{0:d12}' -f $n
                    Text = "x $n"
                }
            }
        }
        filter After([int] $count) {
            # The row that comes after so many waits until these have been asked for: which of those that are read ahead
            # leave first is open.
            if ($_.Order -eq "A-$($count + 1)") { $site.WaitForArrived($count) }
            $_
        }
        function Contacts([int[]] $number) {
            foreach ($n in $number) {
                $source.Read()
                [pscustomobject]@{ Order = "A-$n"; ContactId = '6f0c7f3e-6f0e-4d3c-9b7a-{0:d12}' -f $n; Text = "x $n" }
            }
        }
        """;

    private readonly List<Engine> _engines = [];
    private Engine? _engine;

    private protected Site Site { get; } = new();

    private protected TemporaryFolder Folder { get; } = new();

    private protected Source Source { get; } = new();

    private protected RecordingHost Host { get; } = new();

    private protected string Journal => Folder.File("run.jsonl");

    /// <summary>Gets the journal's lines, each as text.</summary>
    private protected string[] Lines
    {
        get
        {
            using var reader = new StreamReader(
                new FileStream(Journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    /// <summary>Gets the session in which the commands are typed.</summary>
    private protected Engine Engine => _engine ??= NewEngine();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of the engines and of the folder.</summary>
    /// <param name="disposing">Whether it is asked for.</param>
    protected virtual void Dispose(bool disposing)
    {
        _engines.ForEach(engine => engine.Dispose());
        Site.Dispose();
        Folder.Dispose();
    }

    private protected Engine NewEngine(bool sandbox = false, string token = "token-of-the-tests")
    {
        var engine = new Engine(host: Host);
        _engines.Add(engine);
        engine.Set("source", Source);
        engine.Set("journal", Journal);
        engine.Set("site", Site);
        Assert.Null(engine.Run(Functions).Thrown);
        ClockedConnection.Use(engine, Site, Site.Clock, sandbox, token, name: sandbox ? null : "own");
        return engine;
    }

    private protected Result Run(string script) => Engine.Run(script);

    /// <summary>Runs it, and holds it against errors.</summary>
    private protected Result RunWell(string script)
    {
        var result = Run(script);
        Assert.Null(result.Thrown);
        Assert.Empty(result.Errors.Select(error => error.ToString()));
        return result;
    }

    /// <summary>Runs it until a terminating error ends it.</summary>
    private protected (Result Result, ErrorRecord Ended) RunToEnd(string script)
    {
        var result = Run($"$global:ended = $null; try {{ {script} }} catch {{ $global:ended = $_ }}");
        Assert.Null(result.Thrown);
        return (
            result,
            Assert.IsType<ErrorRecord>(Engine.Runspace.SessionStateProxy.GetVariable("ended") is PSObject wrapped
                ? wrapped.BaseObject
                : Engine.Runspace.SessionStateProxy.GetVariable("ended")));
    }

    /// <summary>Begins to run it in a session of its own.</summary>
    private protected RunningPipeline Start(string script)
    {
        var engine = NewEngine();
        _engines.Remove(engine);
        return new RunningPipeline(engine, script, Source);
    }

    /// <summary>Gets the state of each row in the journal, by its number.</summary>
    private protected string[] States() =>
        [
            .. RunWell("Get-WixInboxJournal $journal").Output.Select(
                entry => $"{entry.Properties["Row"].Value} {entry.Properties["State"].Value}"),
        ];

    /// <summary>Gets what the host was told to show since the last call, line by line and without colours.</summary>
    private protected string[] Shown()
    {
        string[] lines =
        [
            .. Host.Lines.SelectMany(line => Regex.Replace(line, "\x1b\\[[0-9;]*m", string.Empty).Split('\n'))
                .Select(line => line.TrimEnd()),
        ];
        Host.Lines.Clear();
        return lines;
    }

    /// <summary>Gets the texts of the messages that came out.</summary>
    private protected static string[] TextsOf(Result result) =>
        [.. result.Output.Select(message => (string)((dynamic)message.BaseObject).Content.Basic.Items[0].Text)];

    /// <summary>Gets properties with their names.</summary>
    private protected static string[] ValuesOf(PSObject item, params string[] properties) =>
        [.. properties.Select(property => $"{property} {ValueOf(item, property)}")];

    private protected static object? ValueOf(PSObject item, string property) => item.Properties[property].Value;
}
