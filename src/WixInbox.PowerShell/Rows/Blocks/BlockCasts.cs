using System.Management.Automation.Language;

namespace WixInbox.Rows;

/// <summary>
/// Finds the columns whose texts a script block turns into numbers or dates as PowerShell does in every language:
/// <c>[decimal]$_.Price</c>, <c>$_.Arrival -as [datetime]</c>, <c>Get-Date $_.Arrival</c>.
/// </summary>
internal static class BlockCasts
{
    private static readonly HashSet<string> s_numbers = new(StringComparer.OrdinalIgnoreCase)
    {
        "decimal", "double", "float", "single", "int", "int32", "long", "int64",
    };

    private static readonly HashSet<string> s_dates = new(StringComparer.OrdinalIgnoreCase)
    {
        "datetime", "datetimeoffset",
    };

    /// <summary>Finds the columns.</summary>
    /// <returns>Each, and what its texts become.</returns>
    public static (string Column, CastKind Kind)[] Find(Ast block) =>
    [
        .. block.FindAll(ast => ast is ConvertExpressionAst or BinaryExpressionAst or CommandAst,
                searchNestedScriptBlocks: false)
            .Select(CastOf)
            .OfType<(string, CastKind)>()
            .Distinct(),
    ];

    private static (string Column, CastKind Kind)? CastOf(Ast ast) => ast switch
    {
        ConvertExpressionAst cast => CastTo(cast.Type.TypeName.Name, cast.Child),
        BinaryExpressionAst { Operator: TokenKind.As, Right: TypeExpressionAst type } cast =>
            CastTo(type.TypeName.Name, cast.Left),
        CommandAst command when IsGetDate(command) => command.CommandElements.Skip(1)
            .Select(element => CastTo("datetime", element, CastKind.LocalDate))
            .FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static bool IsGetDate(CommandAst command) =>
        string.Equals(command.GetCommandName(), "Get-Date", StringComparison.OrdinalIgnoreCase);

    private static (string Column, CastKind Kind)? CastTo(
        string type, Ast value, CastKind ofDate = CastKind.Date) =>
        BlockColumns.NameOf(value is ParenExpressionAst
            {
                Pipeline: PipelineAst { PipelineElements: [CommandExpressionAst inner] },
            } ? inner.Expression : value) is not { } column ? null
        : s_dates.Contains(Plain(type)) ? (column, ofDate)
        : s_numbers.Contains(Plain(type)) ? (column, CastKind.Number)
        : null;

    private static string Plain(string type) =>
        type.StartsWith("System.", StringComparison.OrdinalIgnoreCase) ? type.Substring("System.".Length) : type;
}
