using System.Text.RegularExpressions;
using WixInbox.Commands;

namespace WixInbox.Rows;

/// <summary>
/// Warns of a date that Excel has written as the number of its day, where a text shows it so: "See you on 46359".
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="blocks">The blocks that were typed.</param>
internal sealed class DateNumberWarnings(MessageCommand cmdlet, IReadOnlyList<RowBlock> blocks)
{
    private static readonly Regex s_name = new(
        "date|datum|arriv|depart|check(in|out)|anreise|abreise|birthday|geburtstag|fecha|termin|due|deadline|expir"
            + "|(?<!up|out)day$|tag$|fällig|ablauf",
        RegexOptions.CultureInvariant);

    // From 1982 to 2063, with the time of the day behind a point.
    private static readonly Regex s_number = new(@"^[345]\d{4}(\.\d+)?$", RegexOptions.CultureInvariant);

    private readonly (CountedWarning Warning, RowBlock Block)[] _columns =
    [
        .. blocks.Where(block => RowTexts.Read.Contains(block.Parameter))
            .SelectMany(block => block.Columns
                .Where(column => s_name.IsMatch(ColumnNames.Normalize(column)))
                .Select(column => (new CountedWarning(cmdlet, column) { TellsOfLone = true }, block))),
    ];

    /// <summary>Takes a row, before it is sent.</summary>
    public void Add(Row row)
    {
        foreach (var (warning, block) in _columns)
        {
            if (row.TextIn(warning.Rows.Name)?.Trim() is { } cell
                && s_number.IsMatch(cell)
                && Array.Exists(RowTexts.Of(row, block.Parameter), text => text.Contains(cell)))
            {
                warning.Add(row, () => Describe(warning.Rows.Name, cell, block), $"'{cell}'");
            }
        }
    }

    /// <summary>Says at the end how many rows there were.</summary>
    public void Warn()
    {
        foreach (var (warning, block) in _columns)
        {
            if (warning.IsDue)
            {
                var rows = warning.Rows;
                cmdlet.WriteWarning(
                    $"In {rows.Describe()}, {Describe(rows.Name, rows.Examples[0].Trim('\''), block)}");
            }
        }
    }

    private static string Describe(string column, string cell, RowBlock block) =>
        $"column {column} has '{cell}', by which Excel means a day, and the block of -{block.Parameter} writes it so. "
            + $"[datetime]::FromOADate({ColumnExpression.For(column)}) is that day.";
}
