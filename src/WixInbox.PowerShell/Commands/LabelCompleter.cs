using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using WixInbox.Connections;
using WixInbox.Rows;

namespace WixInbox.Commands;

/// <summary>Completes <c>-Label</c> with the keys of the site's labels, found by their names or their keys.</summary>
/// <remarks>
/// The site is asked once for each connection, over the connection that the line names or the default one. A key or app
/// without the permission Manage Contact Labels, and a site that does not answer soon, completes nothing.
/// </remarks>
public sealed class LabelCompleter : IArgumentCompleter
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var typed = (wordToComplete ?? string.Empty).Trim('\'', '"');
        return LabelsOf(Find(fakeBoundParameters["Connection"]))
            .Where(label => label.Key is not null && IsMeant(label, typed))
            .OrderBy(label => label.DisplayName, StringComparer.CurrentCultureIgnoreCase)
            .Select(label => new CompletionResult(
                label.Key,
                string.IsNullOrEmpty(label.DisplayName) ? label.Key : label.DisplayName,
                CompletionResultType.ParameterValue,
                $"{label.DisplayName} ({label.Key})"));
    }

    private static bool IsMeant(ContactLabel label, string typed) =>
        label.Key!.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
        || label.DisplayName?.StartsWith(typed, StringComparison.CurrentCultureIgnoreCase) == true;

    private static WixInboxConnection? Find(object? given)
    {
        var open = ConnectionCompleter.Open;
        return RowValues.Unwrap(given) switch
        {
            WixInboxConnection connection => connection,
            string name =>
                open.FirstOrDefault(other => string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase)),
            _ => open.Count > 0 ? open[0] : null,
        };
    }

    private static ContactLabel[] LabelsOf(WixInboxConnection? connection)
    {
        // The block of a token provider is run by a cmdlet that waits, and none does.
        if (connection is null or { Closed: true } or { TokenProvider: not null })
        {
            return [];
        }

        if (connection.Labels is { } known)
        {
            return known;
        }

#pragma warning disable RS0030 // Completion is for somebody at a keyboard, whose patience has the machine's clock.
        using var patience = new CancellationTokenSource(s_patience);
#pragma warning restore RS0030
        try
        {
            var asked = connection.Client.ListLabelsAsync(patience.Token).GetAwaiter().GetResult();
            connection.Labels = asked.Value;
        }
        catch (OperationCanceledException)
        {
            // Who types does not wait for it.
        }

        return connection.Labels ?? [];
    }
}
