using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using WixInbox.Commands;
using WixInbox.Rows;

namespace WixInbox.Connections;

/// <summary>
/// Completes <c>-Connection</c> with the names of the open connections and the variables that hold one, and
/// <c>-SiteId</c> with the sites that they lead to.
/// </summary>
public sealed class ConnectionCompleter : IArgumentCompleter
{
    /// <summary>Gets the open connections: the default first.</summary>
    internal static IReadOnlyList<WixInboxConnection> Open =>
        [.. Invoke("WixInbox\\Get-WixInboxConnection").OfType<WixInboxConnection>()];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var typed = (wordToComplete ?? string.Empty).Trim('\'', '"');
        return parameterName switch
        {
            nameof(SiteCommand.SiteId) => Complete(typed, connection => connection.SiteId),
            "Name" => Complete(typed, connection => connection.Name),
            _ => [.. Complete(typed, connection => connection.Name), .. Variables(typed.TrimStart('$'))],
        };
    }

    /// <summary>Makes the result for a word, in quotation marks where it would be more than one argument.</summary>
    internal static CompletionResult Quoted(string word, string tip)
    {
        // Typed bare, what begins otherwise is a number or a parameter.
        var isWord = word.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.')
            && (char.IsLetter(word[0]) || Guid.TryParse(word, out _));
        var text = isWord ? word : $"'{CodeGeneration.EscapeSingleQuotedStringContent(word)}'";
        return new CompletionResult(text, word, CompletionResultType.ParameterValue, tip);
    }

    private static IEnumerable<CompletionResult> Complete(string typed, Func<WixInboxConnection, string?> word) =>
        Open.Where(connection => word(connection)?.StartsWith(typed, StringComparison.OrdinalIgnoreCase) == true)
            .OrderBy(connection => connection.Name, StringComparer.OrdinalIgnoreCase)
            .GroupBy(connection => word(connection)!, StringComparer.OrdinalIgnoreCase)
            .Select(group => Quoted(group.Key, string.Join("; ", group)));

    private static IEnumerable<CompletionResult> Variables(string typed) =>

        // Asked of the provider itself, since a cmdlet that lists variables is not in every engine.
        Invoke("$ExecutionContext.InvokeProvider.ChildItem.Get('variable:', $false)").OfType<PSVariable>()
            .Where(variable => variable.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(variable => (
                Name: "$" + variable.Name,
                Connection: RowValues.Unwrap(variable.Value) as WixInboxConnection))
            .Where(variable => variable.Connection is { Closed: false })
            .OrderBy(variable => variable.Name, StringComparer.OrdinalIgnoreCase)
            .Select(variable => new CompletionResult(
                variable.Name, variable.Name, CompletionResultType.Variable, variable.Connection!.ToString()));

    private static IEnumerable<object> Invoke(string script) =>
        ScriptBlock.Create(script).Invoke().Select(found => found.BaseObject);
}
