using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using System.Text.RegularExpressions;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>
/// Looks at what was typed outside of script blocks, which is evaluated once, before the first row comes.
/// </summary>
internal static class TypedValues
{
    // PowerShell 7.4 and later gives the whole statement; earlier ones, the line on which it begins.
    private static readonly PropertyInfo? s_statement = typeof(InvocationInfo).GetProperty("Statement");

    private static readonly Regex s_member =
        new(@"(?<!\()(\$(?:_|PSItem)\.\w+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>
    /// Finds a value of the command line that reads <c>$_</c> outside of a script block, where it is evaluated once,
    /// before the first row comes: <c>-Text "Hi $($_.Name)"</c>.
    /// </summary>
    /// <returns>The error that says so; null if there is none.</returns>
    public static ErrorRecord? FindMissing(PSCmdlet cmdlet)
    {
        // In the block of ForEach-Object, in a function, a switch or a catch, $_ has a value.
        if (FindReading(cmdlet) is not var (parameter, value) || Outer(cmdlet) is not null)
        {
            return null;
        }

        // In a text, "$_.Name" is the whole row and ".Name".
        var source = value.Extent.Text;
        var meant = value is ExpandableStringExpressionAst ? s_member.Replace(source, "$$($1)") : source;
        return ParameterErrors.BlockMissing(parameter, source, meant);
    }

    /// <summary>
    /// Finds the variables that are set nowhere and stand in a text of the command line: <c>-Text "It is $12.50."</c>.
    /// </summary>
    /// <returns>Each variable, with its parameter.</returns>
    public static (string Parameter, UnsetVariable Variable)[] FindUnset(PSCmdlet cmdlet)
    {
        var statement = StatementOf(cmdlet);
        return statement.IndexOf('$') < 0 || statement.IndexOf('"') < 0 ? [] :
        [
            .. ValuesIn(statement, cmdlet)
                .SelectMany(
                    one => BlockVariables.FindInTexts(one.Value),
                    (one, variable) => (one.Parameter, Variable: variable))
                .Where(one => BlockVariables.IsOwn(one.Variable.Name)
                    || !BlockVariables.IsSet(cmdlet.SessionState, one.Variable.Name)),
        ];
    }

    /// <summary>
    /// Finds a value of the command line that reads a property of <c>$_</c> of the <c>ForEach-Object</c> around it,
    /// where the row has a column of that name too.
    /// </summary>
    /// <returns>The parameter, and the column; null if there is none.</returns>
    public static (string Parameter, string Column)? FindOuter(PSCmdlet cmdlet, Row row)
    {
        if (FindReading(cmdlet) is not var (parameter, value) || Outer(cmdlet) is not { } outer)
        {
            return null;
        }

        foreach (var column in BlockColumns.Find(value))
        {
            if (row.HasColumn(column) && !Equals(
                RowValues.Read(outer.Properties[column], out _), RowValues.Read(row.PropertyOf(column), out _)))
            {
                return (parameter, column);
            }
        }

        return null;
    }

    private static PSObject? Outer(PSCmdlet cmdlet) =>
        cmdlet.SessionState.PSVariable.GetValue("_") is { } outer ? PSObject.AsPSObject(outer) : null;

    private static (string Parameter, ExpressionAst Value)? FindReading(PSCmdlet cmdlet)
    {
        var statement = StatementOf(cmdlet);
        if (!statement.Contains("$_") && statement.IndexOf("$PSItem", StringComparison.OrdinalIgnoreCase) < 0)
        {
            return null;
        }

        foreach (var (parameter, value) in ValuesIn(statement, cmdlet))
        {
            if (value.Find(BlockColumns.IsRow, searchNestedScriptBlocks: false) is not null)
            {
                return (parameter, value);
            }
        }

        return null;
    }

    private static string StatementOf(PSCmdlet cmdlet) =>
        s_statement?.GetValue(cmdlet.MyInvocation) as string ?? cmdlet.MyInvocation.Line ?? string.Empty;

    // The values that are made once, and not for each row.
    private static IEnumerable<(string Parameter, ExpressionAst Value)> ValuesIn(string statement, PSCmdlet cmdlet)
    {
        var command = Parser.ParseInput(statement, out _, out _)
            .FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: false)
            .Cast<CommandAst>()
            .FirstOrDefault(one =>
                string.Equals(
                    one.GetCommandName(), cmdlet.MyInvocation.InvocationName, StringComparison.OrdinalIgnoreCase));
        string? parameter = null;
        foreach (var element in command?.CommandElements.Skip(1) ?? [])
        {
            parameter = (element as CommandParameterAst)?.ParameterName ?? parameter;
            var value = element is CommandParameterAst named ? named.Argument : element as ExpressionAst;
            if (value is not (null or ScriptBlockExpressionAst))
            {
                yield return (parameter ?? "Text", value);
            }

            parameter = value is null ? parameter : null;
        }
    }
}
