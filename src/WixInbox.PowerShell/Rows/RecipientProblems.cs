using System.Collections;
using WixInbox.Commands;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>Finds why a row names nobody whose conversation could be found.</summary>
internal static class RecipientProblems
{
    /// <summary>Finds what is wrong with the recipient of a row, or with what of it could not be read.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The reasons; none if it names somebody.</returns>
    public static IReadOnlyList<RowViolation> Find(Row row) =>
        row.Problems.Count > 0 ? row.Problems
        : row.Recipient is not { } recipient ? [Missing(row)]
        : FindInAddress(row) is { } problem ? [problem]
        : [.. recipient.Validate().Select(violation => Explain(row, new RowViolation(row, violation)))];

    /// <summary>Says why a row names nobody at all, and what would.</summary>
    public static RowViolation Missing(Row row)
    {
        var empty = RecipientParameters.Names.Where(row.IsTyped).Select(parameter => "-" + parameter).ToArray();
        var isTyped = empty.Length > 0;
        if (!isTyped)
        {
            var columns = RecipientParameters.Names.SelectMany(row.Shape.ColumnsFor);
            empty = [.. columns.Select(column => "column " + column)];
        }

        if (empty.Length == 0)
        {
            var advice = SeveralRows(row)
                ?? row.Misread
                ?? LikelyAddress(row)
                ?? " Give -ConversationId, -ContactId, -MemberId, -AnonymousVisitorId or -Email, or a column "
                + "of that name." + (row.IsText ? TextHint(row) : row.Hint);
            return RowViolation.OfSentence(row, null, RuleNames.RecipientMissing, "There is no recipient." + advice);
        }

        var sentence = empty.Length == 1 ? empty[0] + " is"
            : (row.Shape.Columns.Length > 0 && empty[0][0] == 'c' ? "columns " : string.Empty)
                + Words.List(empty.Select(name => name.Replace("column ", string.Empty))) + " are";
        return RowViolation.OfSentence(
            row,
            empty.Length == 1 ? empty[0] : null,
            RuleNames.RecipientMissing,
            $"There is no recipient: {sentence} empty." + (isTyped || HasPlace(row) ? null : LikelyAddress(row)));
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
            && row.Shape.ColumnsFor(nameof(RecipientCommand.Email)) is { Length: > 0 } addresses
            && Array.TrueForAll(addresses, column => RowValues.Given(row.TextIn(column)) is null))
        {
            var names = Words.List(addresses.Select(column => Unseen.Show(column)));
            return new RowViolation(row, new FieldViolation(
                field.Field,
                field.Rule,
                Words.Sentence(field.Description)
                    + (addresses.Length == 1 ? $" Column {names} is empty." : $" Columns {names} are empty."),
                field.Limit,
                field.Size));
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
            "-Email",
            violation.Rule,
            $"'{column}' is no address, but the name of a column. "
                + $"-Email {{ {ColumnExpression.For(column)} }} uses that column.");
    }

    private static string TextHint(Row row) =>
        row.Itself is not { } text ? " The row is an empty text."
        : Guid.TryParse(text, out _) ? " The row is an id: -ContactId { $_ } takes it as a contact's."
        : new Recipient(RecipientKind.Email, text).Validate().Count == 0
            ? " The row is an address: -Email { $_ } takes it as one."
        : text.IndexOfAny([',', ';', '\t']) >= 0
            ? " The row is a line with separators, as those of a CSV file are: Import-WixInboxCsv reads the file into "
                + "rows with columns."
        : " The row is a text: -Email { $_ } takes it as an address.";

    private static string? SeveralRows(Row row) =>
        row.Number is null && row.Input?.BaseObject is IList { Count: var count }
            ? FormattableString.Invariant($" -InputObject takes one row, and was given {count}: pipe them in, ")
                + "$rows | … ."
            : null;

    // Where other rows have their address, one without has none: another column would be used for all of them.
    private static bool HasPlace(Row row) =>
        row.Shape.ColumnsFor(nameof(RecipientCommand.Email)).FirstOrDefault() is { } first
        && !ColumnNames.IsFurtherAddress(first);

    // Names a column of a row that names nobody, whose value can be taken for an address.
    private static string? LikelyAddress(Row row)
    {
        var likely = row.Shape.Columns.FirstOrDefault(column =>
            AddressRoles.MayBeOfPerson(column)
            && RowValues.Read(row.PropertyOf(column), out _) is string value
            && new Recipient(RecipientKind.Email, value.Trim()).Validate().Count == 0);
        return likely is null
            ? null
            : $" Column '{Unseen.Show(likely)}' looks as if it had addresses: "
                + $"-Email {{ {ColumnExpression.For(likely)} }} uses it.";
    }
}
