using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using WixInbox.Connections;

namespace WixInbox.Commands;

/// <summary>
/// Completes <c>-KeyProperty</c> with the columns of the file that the same line imports:
/// <c>Import-Csv orders.csv | … -KeyProperty</c>.
/// </summary>
/// <remarks>
/// The import is run as it is typed, for its first row, so that its separator and its encoding hold. An argument that
/// is more than a word or a variable may do anything, and is not run; nor is a redirection, which writes to a file.
/// </remarks>
public sealed class ColumnCompleter : IArgumentCompleter
{
    private static readonly string[] s_imports = ["Import-Csv", "ipcsv", "Import-WixInboxCsv"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var typed = (wordToComplete ?? string.Empty).Trim('\'', '"');
        var import = (commandAst.Parent as PipelineAst)?.PipelineElements
            .TakeWhile(element => element != commandAst)
            .OfType<CommandAst>()
            .LastOrDefault(command => s_imports.Contains(command.GetCommandName(), StringComparer.OrdinalIgnoreCase));
        return import is not { Redirections.Count: 0 } || !import.CommandElements.All(IsHarmless)
            ? []
            : ColumnsOf(import.Extent.Text)
                .Where(column => column.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                .Select(column => ConnectionCompleter.Quoted(column, column));
    }

    private static bool IsHarmless(CommandElementAst element) => element switch
    {
        CommandParameterAst { Argument: { } argument } => IsHarmless(argument),
        CommandParameterAst or StringConstantExpressionAst or VariableExpressionAst => true,
        ExpandableStringExpressionAst text => text.NestedExpressions.All(IsHarmless),
        _ => false,
    };

    private static string[] ColumnsOf(string import)
    {
        // A file that is missing or cannot be read gives no error at the prompt, and leaves none in $Error.
        const string Rest = " -ErrorAction Ignore | Microsoft.PowerShell.Utility\\Select-Object -First 1 } "
            + "catch { if ($Error.Count) { $Error.RemoveAt(0) } }";
        try
        {
            var first = ScriptBlock.Create("try { " + import + Rest).Invoke();
            return [.. first.SelectMany(row => row.Properties).Select(column => column.Name)];
        }
        catch (RuntimeException)
        {
            return [];
        }
    }
}
