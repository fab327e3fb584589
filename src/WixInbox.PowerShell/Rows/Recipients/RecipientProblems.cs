using System.Collections;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using WixInbox.Commands;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>Finds why a row names nobody whose conversation could be found.</summary>
internal static class RecipientProblems
{
    private const int MostColumns = 3;

    private static readonly Regex s_file = new(
        @"^[^\r\n,;]+\.(csv|tsv|txt)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    // Columns by which a row of a journal is known, also from a file.
    private static readonly string[] s_ofJournal =
    [
        nameof(JournalEntry.State), nameof(JournalEntry.Attempts), nameof(JournalEntry.Reconciled),
        nameof(JournalEntry.RequestId),
    ];

    /// <summary>Finds what is wrong with the recipient of a row, or with what of it could not be read.</summary>
    /// <returns>The reasons; none if it names somebody.</returns>
    public static IReadOnlyList<RowViolation> Find(Row row) =>
        row.Problems.Count > 0 ? row.Problems
        : row.Recipient is not { } recipient ? [Missing(row)]
        : FindInAddress(row) is { } problem ? [problem]
        : [.. recipient.Validate().Select(violation => Explain(row, new RowViolation(row, violation)))];

    /// <summary>Says why a row names nobody at all, and what would.</summary>
    public static RowViolation Missing(Row row)
    {
        var empty = RecipientParameters.Names.Where(row.IsTyped).Select(ValueSource.Parameter).ToArray();
        var isTyped = empty.Length > 0;
        if (!isTyped)
        {
            empty = [.. RecipientParameters.Names.SelectMany(row.Shape.ColumnsFor).Select(ValueSource.Column)];
        }

        if (empty.Length == 0)
        {
            var advice = SeveralRows(row)
                ?? row.Misread
                ?? FileHint(row)
                ?? LikelyAddress(row)
                ?? " Give -ConversationId, -ContactId, -MemberId, -AnonymousVisitorId or -Email, or a column "
                + "of that name." + (row.IsText ? TextHint(row) : row.Hint);
            return RowViolation.OfSentence(row, null, RuleNames.RecipientMissing, "There is no recipient." + advice);
        }

        var sentence = empty.Length == 1 ? $"{empty[0]} is"
            : (empty[0].IsColumn ? "columns " : string.Empty) + Words.List(empty.Select(one => one.Name)) + " are";
        return RowViolation.OfSentence(
            row,
            empty.Length == 1 ? empty[0] : null,
            RuleNames.RecipientMissing,
            $"There is no recipient: {sentence} empty."
                + (isTyped ? null
                    : s_ofJournal.All(row.HasColumn)
                        ? " A journal keeps no addresses: send the rows of its file again, with the same -Journal and "
                            + "-RetryFailed, or corrected under the same keys."
                    : AddressBeside(row, empty.Length)));
    }

    /// <summary>Finds why what stands in the place of an address is not one.</summary>
    /// <returns>The reason; null if it is one, or the row names its recipient otherwise.</returns>
    public static RowViolation? FindInAddress(Row row) =>
        row.Recipient is { Kind: RecipientKind.Email, Id: var address }
            && AddressText.Read(address)?.Problem is { } problem
            ? Explain(row, new RowViolation(row, new FieldViolation("email", RuleNames.EmailInvalid, problem)))
            : null;

    /// <summary>
    /// Says it in other words where what was typed as an address is the name of the column that has them.
    /// </summary>
    public static RowViolation Explain(Row row, RowViolation violation)
    {
        // An id of another system is not wrong: the row lacks the address that others have.
        if (violation.Field is { } field
            && row.Recipient is { Kind: not RecipientKind.Email, Kind: var kind }
            && row.ColumnFor(RecipientParameters.NameOf(kind)) == violation.Column
            && row.Shape.ColumnsFor(nameof(RecipientCommand.Email)) is var addresses
            && Array.TrueForAll(addresses, column => RowValues.Given(row.TextIn(column)) is null))
        {
            var hint = addresses.Length == 0 ? LikelyAddress(row)
                : $" Column{(addresses.Length == 1 ? string.Empty : "s")} "
                    + Words.List(addresses.Select(column => Unseen.Show(column)))
                    + (addresses.Length == 1 ? " is empty." : " are empty.")
                    + OtherAddress(row, addresses);
            return new RowViolation(row, new FieldViolation(
                field.Field,
                field.Rule,
                Words.Sentence(field.Description) + hint,
                field.Limit,
                field.Size));
        }

        // An address in the first place of a command, which is that of an id.
        if (violation.Field is { } wrong
            && row.Recipient is { Kind: not RecipientKind.Email, Id: var typed }
            && violation.Column is null or ['-', ..]
            && new Recipient(RecipientKind.Email, typed).Validate().Count == 0)
        {
            return new RowViolation(row, new FieldViolation(
                wrong.Field,
                wrong.Rule,
                Words.Sentence(wrong.Description)
                    + (row.Number is null
                        ? $" It is an address: -Email '{CodeGeneration.EscapeSingleQuotedStringContent(typed)}'."
                        : " It is an address: -Email takes it."),
                wrong.Limit,
                wrong.Size));
        }

        if (violation is not { Rule: RuleNames.EmailInvalid, Column: "-Email" }
            || row.Recipient is not { } recipient
            || row.Shape.Columns.FirstOrDefault(
                column => string.Equals(column, recipient.Id, StringComparison.OrdinalIgnoreCase)) is not { } column)
        {
            return violation;
        }

        return new RowViolation(
            row,
            ValueSource.Parameter(nameof(RecipientCommand.Email)),
            violation.Rule,
            $"'{column}' is no address, but the name of a column. "
                + $"-Email {{ {ColumnExpression.For(column)} }} uses that column.");
    }

    private static string TextHint(Row row) =>
        row.Itself is not { } text ? " The row is an empty text."
        : Guid.TryParse(text, out _) ? " The row is an id: -ContactId { $_ } takes it as a contact's."
        : new Recipient(RecipientKind.Email, text).Validate().Count == 0
            ? " The row is an address: -Email { $_ } takes it as one."
        : s_file.IsMatch(text)
            ? $" The row is the name of a file: {Import(text)} reads it into rows."
        : text.IndexOfAny([',', ';', '\t']) >= 0
            ? " The row is a line with separators, as those of a CSV file are: Import-WixInboxCsv reads the file into "
                + "rows with columns."
        : " The row is a text: -Email { $_ } takes it as an address.";

    private static string? FileHint(Row row) => row.Input?.BaseObject is FileInfo file && s_file.IsMatch(file.Name)
        ? $" The row is a file: {Import(file.FullName)} reads it into rows."
        : null;

    private static string Import(string file) =>
        $"Import-WixInboxCsv -LiteralPath '{CodeGeneration.EscapeSingleQuotedStringContent(file)}'";

    private static string? SeveralRows(Row row) =>
        row.Number is null && row.Input?.BaseObject is IList { Count: var count }
            ? FormattableString.Invariant($" -InputObject takes one row, and was given {count}: pipe them in, ")
                + "$rows | … ."
            : null;

    // Where other rows have their address, one without has none. A typed address goes before the ids that others have.
    private static string? AddressBeside(Row row, int empty)
    {
        var addresses = row.Shape.ColumnsFor(nameof(RecipientCommand.Email));
        return addresses.Length == 0 || ColumnNames.IsFurtherAddress(addresses[0]) ? LikelyAddress(row)
            : addresses.Length == empty ? OtherAddress(row, addresses)
            : null;
    }

    // Proposes the columns of a row that names nobody in which an address stands.
    private static string? LikelyAddress(Row row)
    {
        var likely = AddressesIn(row);
        if (likely.Exists(one => !AddressRoles.MayBeAround(one.Column)))
        {
            likely.RemoveAll(one => AddressRoles.MayBeAround(one.Column));
        }

        if (likely.Count > 0)
        {
            // The rows that follow may have the address of the other parent.
            likely.AddRange(row.Shape.Columns
                .Where(column => ColumnNames.Find(column) is null
                    && AddressRoles.IsAddress(column)
                    && AddressRoles.MayBeOfPerson(column)
                    && !AddressRoles.MayBeAround(column)
                    && RowValues.Given(row.TextIn(column)) is null)
                .Select(column => (column, ColumnExpression.For(column))));
            likely.Sort((one, other) => Array.IndexOf(row.Shape.Columns, one.Column)
                - Array.IndexOf(row.Shape.Columns, other.Column));
        }

        return likely.Count switch
        {
            0 => null,
            1 => $" Column {Name(likely[0])} seems to contain addresses: -Email {{ {likely[0].Expression} }} uses it.",
            _ => $" Columns {Names(likely)} seem to contain addresses. Use that of those whom the messages are for: "
                + Words.List(
                    likely.Take(MostColumns).Select(one => $"-Email {{ {one.Expression} }}"), "or")
                + ".",
        };
    }

    // Where the columns that have the addresses are empty in a row, another one is proposed for that row alone.
    private static string? OtherAddress(Row row, string[] empty)
    {
        var others = AddressesIn(row);
        others.RemoveAll(one => AddressRoles.MayBeAround(one.Column) || AddressRoles.IsFormer(one.Column));
        if (others.Count == 0)
        {
            return null;
        }

        var given = string.Join(" else", empty.Select(column =>
            $"if ({ColumnExpression.For(column)} -match '@') {{ {ColumnExpression.For(column)} }}"));
        var block = $"-Email {{ {given} else {{ {others[0].Expression} }} }}.";
        return others.Count == 1
            ? $" Column {Name(others[0])} has an address. To use it where there is no other: {block}"
            : $" Columns {Names(others)} have addresses. To use one of them where there is no other, as the first: "
                + block;
    }

    private static string Name((string Column, string Expression) one) => $"'{Unseen.Show(one.Column)}'";

    private static string Names(List<(string Column, string Expression)> several) =>
        several.Count <= MostColumns
            ? Words.List(several.Select(Name))
            : Words.First([.. several.Take(MostColumns).Select(Name)], several.Count);

    // The columns that have an address which may be the person's, each with the expression that reads it.
    private static List<(string Column, string Expression)> AddressesIn(Row row) =>
    [
        .. row.Shape.Columns.Where(AddressRoles.MayBeOfPerson)
            .Select(column => (column, PathIn(row, column)))
            .Where(one => one.Item2 is not null)
            .Select(one => (one.column, ColumnExpression.For(one.column) + one.Item2)),
    ];

    // What is read of a column to get to an address: nothing, or [0].value.
    private static string? PathIn(Row row, string column)
    {
        var value = RowValues.Unwrap(RowValues.Read(row.PropertyOf(column), out _));
        var (first, index) = value is IList { Count: > 0 } several
            ? (RowValues.Unwrap(several[0]), "[0]")
            : (value, string.Empty);
        return first is string text
            ? new Recipient(RecipientKind.Email, text.Trim()).Validate().Count == 0 ? index : null
            : row.Inner.FirstOrDefault(one => one.Column == column).Row is { } inner
            && inner.Shape.Columns.FirstOrDefault(part => AddressRoles.MayBeOfPerson(part)
                && PathIn(inner, part) is { Length: 0 }) is { } part
                ? index + ColumnExpression.For(part).TrimStart('$', '_')
                : null;
    }
}
