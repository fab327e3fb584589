using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>Finds a value of the command line that reads <c>$_</c> outside of a script block, where it is made once, before the first row comes: <c>-Text "Hi $($_.Name)"</c>.</summary>
internal static class BlockMissing
{
    // PowerShell 7.4 and later gives the whole statement; earlier ones, the line on which it begins.
    private static readonly PropertyInfo? s_statement = typeof(InvocationInfo).GetProperty("Statement");

    public static ErrorRecord? Find(PSCmdlet cmdlet)
    {
        var invocation = cmdlet.MyInvocation;
        var source = s_statement?.GetValue(invocation) as string ?? invocation.Line;
        if (string.IsNullOrEmpty(source) || (!source!.Contains("$_") && source.IndexOf("$PSItem", StringComparison.OrdinalIgnoreCase) < 0))
        {
            return null;
        }

        // Within a block of ForEach-Object, a function, a switch or a catch, it is something.
        if (cmdlet.SessionState.PSVariable.GetValue("_") is not null)
        {
            return null;
        }

        var commands = Parser.ParseInput(source, out _, out _).FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: false).Cast<CommandAst>();
        var command = commands.FirstOrDefault(one => string.Equals(one.GetCommandName(), invocation.InvocationName, StringComparison.OrdinalIgnoreCase));
        string? parameter = null;
        foreach (var element in command?.CommandElements.Skip(1) ?? [])
        {
            parameter = (element as CommandParameterAst)?.ParameterName ?? parameter;
            var value = element is CommandParameterAst named ? named.Argument : element as ExpressionAst;
            if (value is not (null or ScriptBlockExpressionAst) && value.Find(RowBlock.IsRow, searchNestedScriptBlocks: false) is not null)
            {
                return ParameterErrors.BlockMissing(parameter ?? "Text", value.Extent.Text);
            }

            parameter = value is null ? parameter : null;
        }

        return null;
    }
}
