using System.Management.Automation;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>
/// Scripts that each run in a session of their own, which is connected to a handler and has two ids, <c>$c</c> and
/// <c>$d</c>.
/// </summary>
internal static class ConnectedScript
{
    /// <summary>A row to each of the two conversations.</summary>
    public const string Rows =
        "[pscustomobject]@{ ConversationId = $c; Text = 'x 1' }, [pscustomobject]@{ ConversationId = $d; "
        + "Text = 'x 2' }";

    public static Result Run(HttpMessageHandler handler, string script)
    {
        using var engine = Engine.ConnectedTo(
            handler, name: script.Contains("-Journal", StringComparison.Ordinal) ? "own" : null);
        engine.Set("c", Engine.Guid1);
        engine.Set("d", Engine.Guid2);
        return engine.Run(script);
    }

    /// <summary>
    /// Gets the error that ends a run: it ends its statement, of which the shell tells nothing else.
    /// </summary>
    public static ErrorRecord End(HttpMessageHandler handler, string script) =>
        Assert.IsType<ErrorRecord>(
            Assert.Single(Run(handler, $"try {{ {script} }} catch {{ $_ }}; 'after'").Output.SkipLast(1)).BaseObject);

    public static string? PropertyOf(ErrorRecord error, string property) =>
        new PSObject(error.Exception).Properties[property].Value?.ToString();
}
