using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace WixInbox.Connections;

/// <summary>Completes <c>-Connection</c> with the names of the connections, and with the variables that hold one.</summary>
public sealed class ConnectionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var typed = (wordToComplete ?? string.Empty).Trim('\'', '"');
        return [.. Names(typed), .. parameterName == "Name" ? [] : Variables(typed.TrimStart('$'))];
    }

    private static IEnumerable<CompletionResult> Names(string typed) =>
        ScriptBlock.Create("WixInbox\\Get-WixInboxConnection").Invoke()
            .Select(connection => connection.BaseObject)
            .OfType<WixInboxConnection>()
            .Where(connection => connection.Name?.StartsWith(typed, StringComparison.OrdinalIgnoreCase) == true)
            .OrderBy(connection => connection.Name, StringComparer.OrdinalIgnoreCase)
            .Select(connection => new CompletionResult(
                IsWord(connection.Name!) ? connection.Name! : $"'{connection.Name}'",
                connection.Name,
                CompletionResultType.ParameterValue,
                connection.ToString()));

    // Typed bare, anything else is a number or a parameter, or more than one argument.
    private static bool IsWord(string name) => char.IsLetter(name[0]) && !name.Contains(' ');

    private static IEnumerable<CompletionResult> Variables(string typed)
    {
        // Asked of the provider itself, since a cmdlet that lists variables is not in every engine.
        var variables = ScriptBlock.Create("$ExecutionContext.InvokeProvider.ChildItem.Get('variable:', $false)").Invoke();
        return variables
            .Select(variable => variable.BaseObject)
            .OfType<PSVariable>()
            .Where(variable => variable.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(variable => (variable.Name, Connection: (variable.Value is PSObject wrapped ? wrapped.BaseObject : variable.Value) as WixInboxConnection))
            .Where(variable => variable.Connection is { Closed: false })
            .OrderBy(variable => variable.Name, StringComparer.OrdinalIgnoreCase)
            .Select(variable => new CompletionResult("$" + variable.Name, "$" + variable.Name, CompletionResultType.Variable, variable.Connection!.ToString()));
    }
}
