using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>A PowerShell session in this process, with the staged module imported.</summary>
internal sealed class Engine : IDisposable
{
    public const string Guid1 = "0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c";
    public const string Guid2 = "1d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    /// <summary>Opens the session.</summary>
    /// <param name="import">Whether the module is imported.</param>
    /// <param name="host">The program that shows what the session writes.</param>
    /// <param name="bare">Whether the session has no cmdlets but those of the engine itself.</param>
    public Engine(bool import = true, PSHost? host = null, bool bare = false)
    {
        var state = InitialSessionState.CreateDefault2();
        if (bare)
        {
            state.Variables.Add(new SessionStateVariableEntry("PSModuleAutoLoadingPreference", "None", null));
        }

        Runspace = host is null ? RunspaceFactory.CreateRunspace(state) : RunspaceFactory.CreateRunspace(host, state);
        Runspace.Open();
        if (import)
        {
            var result = Run($"Import-Module '{StagedModule.Manifest}'");
            if (result.Thrown is not null || result.Errors.Count > 0)
            {
                throw new InvalidOperationException(
                    "The module cannot be imported.", result.Thrown ?? result.Errors[0].Exception);
            }
        }
    }

    public Runspace Runspace { get; }

    /// <summary>
    /// An engine that is connected to a handler, by a name if the connection is to have a journal.
    /// </summary>
    public static Engine ConnectedTo(HttpMessageHandler handler, PSHost? host = null, string? name = null)
    {
        var engine = new Engine(host: host);
        engine.Set("handler", handler);
        engine.Set("token", Secrets.Secure("token-of-the-tests"));
        var result = engine.Run(
            "Connect-WixInbox -AccessToken $token -MessageHandler $handler -InformationAction Ignore"
                + (name is null ? null : " -Name " + name));
        return result.Thrown is null ? engine : throw result.Thrown;
    }

    public void Set(string variable, object? value) => Runspace.SessionStateProxy.SetVariable(variable, value);

    public System.Management.Automation.PowerShell Create(string script)
    {
        var shell = System.Management.Automation.PowerShell.Create();
        shell.Runspace = Runspace;
        return shell.AddScript(script);
    }

    public Result Run(string script)
    {
        using var shell = Create(script);
        var output = new PSDataCollection<PSObject>();
        Exception? thrown = null;

        // A script that hangs fails its own test, and does not hold up all the others.
        using var patience = new Timer(_ => shell.BeginStop(null, null), null, s_patience, Timeout.InfiniteTimeSpan);
        try
        {
            shell.Invoke(null, output, null);
        }
        catch (PipelineStoppedException exception)
        {
            throw new TimeoutException(
                $"The script did not end within {s_patience.TotalMinutes} minutes: {script}", exception);
        }
        catch (RuntimeException exception)
        {
            thrown = exception;
        }

        return Collect(shell, output, thrown);
    }

    public static Result Collect(
        System.Management.Automation.PowerShell shell, PSDataCollection<PSObject> output, Exception? thrown) => new()
    {
        Output = [.. output],
        Errors = [.. shell.Streams.Error],
        Verbose = [.. shell.Streams.Verbose.Select(record => record.Message)],
        Warnings = [.. shell.Streams.Warning.Select(record => record.Message)],
        Information =
        [
            .. shell.Streams.Information.Select(
                record => record.MessageData is PSObject wrapped ? wrapped.BaseObject : record.MessageData),
        ],
        AllStreams =
        [
            .. output.Select(item => item?.ToString() ?? string.Empty),
            .. shell.Streams.Error.Select(error =>
                $"{error} {error.Exception} {error.TargetObject} {error.InvocationInfo?.PositionMessage} "
                + $"{error.ErrorDetails}"),
            .. shell.Streams.Warning.Select(record => record.Message),
            .. shell.Streams.Verbose.Select(record => record.Message),
            .. shell.Streams.Debug.Select(record => record.Message),
            .. shell.Streams.Information.Select(record => record.ToString()),
            .. shell.Streams.Progress.Select(record => record.ToString()),
            thrown?.ToString() ?? string.Empty,
        ],
        Thrown = thrown,
    };

    public void Dispose() => Runspace.Dispose();
}
