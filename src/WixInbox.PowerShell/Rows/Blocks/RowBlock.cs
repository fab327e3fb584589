using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace WixInbox.Rows;

/// <summary>A script block that was typed for a parameter, and is run once for each row.</summary>
/// <param name="parameter">The parameter's name.</param>
/// <param name="block">The block.</param>
/// <param name="type">The type that the parameter takes.</param>
internal sealed class RowBlock(string parameter, ScriptBlock block, Type type)
{
    public string Parameter { get; } = parameter;

    public Type Type { get; } = type;

    public Ast Ast => block.Ast;

    /// <summary>Gets the module that the block was made in; null outside of all modules.</summary>
    public PSModuleInfo? Module => block.Module;

    /// <summary>Gets the block as it was typed.</summary>
    public string Source => block.Ast.Extent.Text;

    /// <summary>
    /// Gets the columns that the block reads of the row, as its source shows them: <c>$_.FirstName</c>,
    /// <c>$_.'First Name'</c>.
    /// </summary>
    public IReadOnlyList<string> Columns { get; } = BlockColumns.Find(block.Ast);

    /// <summary>Gets the columns that the block reads for each row, whatever stands in the row.</summary>
    public IReadOnlyList<string> Certain { get; } = BlockColumns.FindCertain(block.Ast);

    /// <summary>
    /// Gets the columns, and what is read in them, that the block writes into its texts as they are, or joined:
    /// <c>"$($_.Items)"</c>, <c>$_.Order.Items -join ', '</c>.
    /// </summary>
    public IReadOnlyList<string[]> Written => field ??= BlockColumns.FindWritten(block.Ast);

    /// <inheritdoc cref="BlockColumns.FindWholeRows"/>
    public IReadOnlyList<string?> WholeRows => field ??= BlockColumns.FindWholeRows(block.Ast);

    /// <summary>Gets the places of the block's texts that are open where an expression gives nothing.</summary>
    public IReadOnlyList<OpenText> OpenTexts => field ??= OpenText.Find(block.Ast);

    /// <summary>
    /// Gets a value indicating whether the block gives the same for each row: it reads nothing of the row, and neither
    /// calls nor counts anything.
    /// </summary>
    public bool IsConstant { get; } = block.Ast.Find(
        found => BlockColumns.IsRow(found)
            || found is CommandAst or InvokeMemberExpressionAst or MemberExpressionAst { Static: true }
                or AssignmentStatementAst or UnaryExpressionAst
            || found is VariableExpressionAst { VariablePath.UserPath: "input" or "args" },
        searchNestedScriptBlocks: true) is null;

    /// <summary>
    /// Gets the block that another one gives and nothing else, as Import-PowerShellDataFile makes one around each that
    /// it reads.
    /// </summary>
    public static ScriptBlock InnermostOf(ScriptBlock block)
    {
        while (block.Ast is ScriptBlockAst
            {
                ParamBlock: null, BeginBlock: null, ProcessBlock: null, DynamicParamBlock: null,
                EndBlock.Statements:
                [
                    PipelineAst { PipelineElements: [CommandExpressionAst { Expression: ScriptBlockExpressionAst }] },
                ],
            }
            && RowValues.Unwrap(block.InvokeReturnAsIs()) is ScriptBlock inner)
        {
            block = inner;
        }

        return block;
    }

    /// <summary>Runs the block, with the row as <c>$_</c>, where the variables of its caller are in sight.</summary>
    /// <returns>What it gave.</returns>
    /// <exception cref="RuntimeException">An error occurred in it, or the pipeline is being stopped.</exception>
    /// <remarks>
    /// An error ends the block, whatever <c>$ErrorActionPreference</c> says outside: what it gives after one is not
    /// what was meant. The engine takes <c>$_</c> out of the list that it is given, so that each row needs one of its
    /// own.
    /// </remarks>
    public Collection<PSObject> Run(PSObject? row) =>
        block.InvokeWithContext(
            null, [new PSVariable("_", row), new PSVariable("ErrorActionPreference", ActionPreference.Stop)]);
}
