using System.Globalization;
using System.Text.RegularExpressions;
using WixInbox.Commands;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>
/// Warns of amounts and dates that a script block reads otherwise than their file means them: PowerShell casts by the
/// rules of English, whatever the language of the computer is, so that 12,50 becomes 1250 and 03.12.2026 becomes
/// March 12.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="blocks">The blocks that were typed.</param>
internal sealed class CastWarnings(MessageCommand cmdlet, IReadOnlyList<RowBlock> blocks)
{
    // A comma with any but three digits behind it is none between thousands.
    private static readonly Regex s_amount = new(
        @"^\s*[-+]?\d+,(\d{1,2}|\d{4,})\s*$", RegexOptions.CultureInvariant);

    private static readonly Regex s_date = new(
        @"^\s*(?<day>\d{1,2})(?<mark>[./-])(?<month>\d{1,2})\k<mark>(\d{4}|\d{2})(?!\d)",
        RegexOptions.CultureInvariant);

    private readonly (CountedWarning Warning, RowBlock Block, CastKind Kind)[] _casts =
    [
        .. blocks.SelectMany(block => BlockCasts.Find(block.Ast).Select(cast =>
            (new CountedWarning(cmdlet, cast.Column) { TellsOfLone = true }, block, cast.Kind))),
    ];

    /// <summary>Takes a row, before it is sent.</summary>
    public void Add(Row row)
    {
        foreach (var (warning, block, kind) in _casts)
        {
            // What is a date or a number already is cast to itself.
            var value = RowValues.Unwrap(RowValues.Read(row.PropertyOf(warning.Rows.Name), out _));
            if (value is string cell && (kind == CastKind.Number ? s_amount.IsMatch(cell) : IsMisread(cell, kind)))
            {
                warning.Add(row, () => Describe(warning.Rows.Name, cell.Trim(), block, kind), $"'{cell.Trim()}'");
            }
        }
    }

    /// <summary>Says at the end how many rows there were.</summary>
    public void Warn()
    {
        foreach (var (warning, block, kind) in _casts)
        {
            var rows = warning.Rows;
            if (warning.IsDue)
            {
                cmdlet.WriteWarning(
                    $"In {rows.Describe()}, {Describe(rows.Name, rows.Examples[0].Trim('\''), block, kind)}");
            }
        }
    }

    // With full stops, the day comes first everywhere. With other marks, it does where the computer's language has it
    // so. A day beyond the twelfth is an error of its own.
    private static bool IsMisread(string cell, CastKind kind)
    {
        var isDayFirst = CultureInfo.CurrentCulture.DateTimeFormat.ShortDatePattern.TrimStart().StartsWith(
            "d", StringComparison.OrdinalIgnoreCase);
        return s_date.Match(cell) is { Success: true } date
            && date.Groups["day"].Value.TrimStart('0') != date.Groups["month"].Value.TrimStart('0')
            && int.Parse(date.Groups["day"].Value, CultureInfo.InvariantCulture) <= 12
            && int.Parse(date.Groups["month"].Value, CultureInfo.InvariantCulture) <= 12
            && (kind == CastKind.LocalDate
                ? date.Groups["mark"].Value == "." && !isDayFirst
                : date.Groups["mark"].Value == "." || isDayFirst);
    }

    private static string Describe(string column, string cell, RowBlock block, CastKind kind)
    {
        var read = ColumnExpression.For(column);
        if (kind == CastKind.Number)
        {
            return $"the block of -{block.Parameter} takes the comma of '{Words.Shorten(cell)}' in column {column} for "
                + "one between thousands. "
                + $"[decimal]::Parse({read}, [cultureinfo]'de-DE') reads it as a decimal comma.";
        }

        var culture = s_date.Match(cell).Groups["mark"].Value == "." ? "de-DE" : "en-GB";
        return $"the block of -{block.Parameter} takes the first number of '{Words.Shorten(cell)}' in column {column} "
            + $"for the month. [datetime]::Parse({read}, [cultureinfo]'{culture}') takes it for the day.";
    }
}
